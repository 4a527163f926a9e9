using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>Writes the comments that silence a rule, where YAML takes them for comments.</summary>
/// <param name="catalog">The rules.</param>
/// <param name="needsReason">Whether each suppression must say why; a word to replace then stands in the reason's place.</param>
public sealed class SuppressionEdits(RuleCatalog catalog, bool needsReason)
{
    private readonly SuppressionParser parser = new(catalog);

    /// <summary>
    /// The comment that silences a finding's rule on its line: behind what stands there, above it, or within a suppression that is there. Null where
    /// the rule cannot be silenced or the line can have no comment (within a block scalar, in JSON).
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="finding">A finding in it.</param>
    public Fix? ForLine(YamlFile file, Diagnostic finding)
    {
        var line = finding.Location.Start.Line;
        if (!MayBeSilenced(file, finding))
        {
            return null;
        }

        var comment = Comment("ignore", finding.Rule);
        var place = file.Text.GetLineSpan(line);
        var content = file.Text.Content.AsSpan(place.Start, place.Length);
        var indentation = content[..^content.TrimStart().Length].ToString();
        return Checked(file, finding, line, line, AddedName(file, finding.Rule, line))
            ?? Checked(file, finding, line, line, new TextEdit(TextSpan.FromBounds(place.Start + content.TrimEnd().Length, place.End), $"  {comment}"))
            ?? Checked(file, finding, line, line + 1, new TextEdit(new TextSpan(place.Start, 0), $"{indentation}{comment}{LineBreak(file)}"));
    }

    /// <summary>The comment that silences a finding's rule in its file; null where the rule cannot be silenced, or in JSON.</summary>
    /// <param name="file">The file.</param>
    /// <param name="finding">A finding in it.</param>
    public Fix? ForFile(YamlFile file, Diagnostic finding) =>
        !MayBeSilenced(file, finding) ? null
        : Checked(file, finding, null, null, AddedName(file, finding.Rule, null))
            ?? Checked(file, finding, null, null, new TextEdit(default, Comment("ignore-file", finding.Rule) + LineBreak(file)));

    private static bool MayBeSilenced(YamlFile file, Diagnostic finding) =>
        finding.Rule.CanBeSuppressed && finding.Location.Text.Path == file.Text.Path && !file.Text.Path.EndsWith(".json", StringComparison.Ordinal);

    private string Comment(string word, RuleDescriptor rule) => $"# kubelint: {word}[{rule.Name}]{(needsReason ? " TODO: say why" : "")}";

    private TextEdit? AddedName(YamlFile file, RuleDescriptor rule, int? line)
    {
        var present = parser.Parse(file, []).FirstOrDefault(suppression => suppression.IsCertain && suppression.Line == line && !suppression.Names.IsEmpty);
        return present is null ? null : new TextEdit(new TextSpan(present.Names[^1].Location.Span.End, 0), $", {rule.Name}");
    }

    // Read again with the edit: the trees must be the same, and the comment one that holds for the line.
    private Fix? Checked(YamlFile file, Diagnostic finding, int? line, int? lineAfter, TextEdit? wanted)
    {
        if (wanted is not { } edit)
        {
            return null;
        }

        var text = file.Text;
        var content = string.Concat(text.Content.AsSpan(0, edit.Span.Start), edit.NewText, text.Content.AsSpan(edit.Span.End));
        var after = YamlParser.Parse(new SourceText(text.Path, content));
        if (after.Documents.Length != file.Documents.Length || after.Problems.Length != file.Problems.Length)
        {
            return null;
        }

        for (var i = 0; i < file.Documents.Length; i++)
        {
            var (one, other) = (file.Documents[i].Root, after.Documents[i].Root);
            if (one is null != other is null || (one is not null && !YamlContent.Same(one, other)))
            {
                return null;
            }
        }

        foreach (var suppression in parser.Parse(after, []))
        {
            if (suppression.IsCertain && suppression.Line == lineAfter && suppression.TryUse(finding.Rule))
            {
                var where = line is null ? "in this file" : "on this line";
                return new Fix($"Suppress {finding.Rule.Name} {where}", FixSafety.Suggestion, [new FileEdit(text, [edit])]);
            }
        }

        return null;
    }

    private static string LineBreak(YamlFile file) => file.Text.Content.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
}
