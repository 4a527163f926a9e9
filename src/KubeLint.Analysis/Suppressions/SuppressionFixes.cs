using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>Takes suppressions away that silence nothing.</summary>
internal static class SuppressionFixes
{
    /// <summary>The fix that removes a whole suppression; none where it is not written as it stands.</summary>
    public static ImmutableArray<Fix> Remove(Suppression suppression)
    {
        var text = suppression.Location.Text;
        var span = suppression.Annotation is { } annotation ? EntryLine(annotation) : Comment(suppression.Location);
        return span is { } found ? [Make("Remove the suppression", text, found)] : [];
    }

    /// <summary>The fix that removes one name of several.</summary>
    public static ImmutableArray<Fix> Remove(Suppression suppression, SuppressedName name)
    {
        // With the name goes the comma that parted it from the next, or from the one before.
        var text = name.Location.Text;
        var start = name.Location.Span.Start;
        var end = name.Location.Span.End;
        var isLast = suppression.Names[^1] == name;
        if (isLast)
        {
            while (start > 0 && text.Content[start - 1] is ' ' or ',')
            {
                start--;
            }
        }
        else
        {
            while (end < text.Content.Length && text.Content[end] is ' ' or ',')
            {
                end++;
            }
        }

        return [Make($"Remove '{name.Text}' from the suppression", text, TextSpan.FromBounds(start, end))];
    }

    private static Fix Make(string title, SourceText text, TextSpan span) =>
        new(title, FixSafety.Safe, [new FileEdit(text, [new TextEdit(span, "")])]);

    private static TextSpan Comment(Location comment)
    {
        var text = comment.Text;
        var line = text.GetLineSpan(comment.Start.Line);
        var start = comment.Span.Start;
        while (start > line.Start && text.Content[start - 1] is ' ' or '\t')
        {
            start--;
        }

        return start == line.Start ? WithLineBreak(text, line) : TextSpan.FromBounds(start, comment.Span.End);
    }

    // An annotation that stands on a line of its own beside others; else there is more to decide than a line.
    private static TextSpan? EntryLine(YamlEntry entry)
    {
        var key = entry.Key;
        if (key.Source.Parent is not null || key.Source != entry.Value.Source || entry.Value.Derivation is not null || entry.Value is YamlAlias)
        {
            return null;
        }

        var text = key.Source;
        var line = text.GetLineSpan(text.GetPosition(key.Span.Start).Line);
        var isAlone = text.Content.AsSpan(line.Start, key.Span.Start - line.Start).IsWhiteSpace() && entry.Value.Span.End <= line.End;
        return isAlone ? WithLineBreak(text, line) : null;
    }

    private static TextSpan WithLineBreak(SourceText text, TextSpan line)
    {
        var end = line.End;
        if (end < text.Content.Length && text.Content[end] == '\r')
        {
            end++;
        }

        if (end < text.Content.Length && text.Content[end] == '\n')
        {
            end++;
        }

        return TextSpan.FromBounds(line.Start, end);
    }
}
