using System.Text;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Reporting;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests;

/// <summary>What holds for every case of every rule.</summary>
/// <param name="catalog">The rules that there are.</param>
public sealed class CaseChecks(RuleCatalog catalog)
{
    private readonly CaseLint lint = new(catalog);

    /// <summary>A bad case is reported by its rule, a good one is not.</summary>
    public void Reports(RuleCase item)
    {
        var found = OfRule(item, lint.One(item));
        if (item.IsBad)
        {
            found.ShouldNotBeEmpty($"{item} is a bad case, and {item.RuleId} says nothing");
        }
        else
        {
            found.Select(Describe).ShouldBeEmpty($"{item} is a good case");
        }
    }

    /// <summary>What a user reads of a bad case: the findings and what its fixes change.</summary>
    public string Print(RuleCase item)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var report = new RunReport
        {
            Diagnostics = [.. OfRule(item, lint.One(item))],
            ToolVersion = "0.0.0",
            BaseDirectory = TestRepository.Directory,
            RepositoryRoot = TestRepository.Directory,
        };
        new TextReporter(new TextStyle(), isQuiet: true).Write(report, text);
        foreach (var file in Fix(item).Files)
        {
            text.Write(UnifiedDiff.Create(file.DisplayPath, file.Before.AsSpan(), file.After.AsSpan(), SecretLines.IsSecret).Text);
        }

        return text.ToString();
    }

    /// <summary>Each finding of each rule points at something in its file, and its words are words for people.</summary>
    public void PointsAtTokens(RuleCase item)
    {
        foreach (var finding in lint.All(item, item.ToSource()).Diagnostics)
        {
            var (text, span) = finding.Location;
            text.Parent.ShouldBeNull(Describe(finding));
            (span.Start >= 0 && span.End <= text.Content.Length).ShouldBeTrue($"{Describe(finding)} points out of its file");
            (span.Length > 0 || text.Content.Length == 0 || !finding.Rule.CanBeSuppressed).ShouldBeTrue($"{Describe(finding)} points at nothing");
            finding.Message.ShouldNotEndWith(".", customMessage: Describe(finding));
            finding.Message.ShouldNotContain("\n", customMessage: Describe(finding));
            finding.Related.ShouldAllBe(related => related.Location.Span.End <= related.Location.Text.Content.Length, Describe(finding));
        }
    }

    /// <summary>Line ends, a byte order mark, the order of files and the number of threads change nothing.</summary>
    public void DoesNotDependOnForm(RuleCase item)
    {
        var expected = lint.One(item).Diagnostics.Select(Describe).ToList();

        lint.One(item.With(ToCrlf)).Diagnostics.Select(Describe).ShouldBe(expected, $"{item} with CRLF");
        lint.One(item.With(WithMark)).Diagnostics.Select(Describe).ShouldBe(expected, $"{item} with a byte order mark");
        lint.One(item, new ReversedSource(item.ToSource()), threads: 1).Diagnostics.Select(Describe).ShouldBe(expected, $"{item} with its files in another order");
    }

    /// <summary>A comment silences a finding, and one without a finding is told.</summary>
    public void CanBeSuppressed(RuleCase item)
    {
        var rule = Rule(item);
        var found = OfRule(item, lint.One(item));
        if (!rule.CanBeSuppressed)
        {
            return;
        }

        if (!item.IsBad)
        {
            var path = item.Files.Keys.First(file => file.EndsWith(".yaml", StringComparison.Ordinal) && !file.EndsWith(LintConfiguration.FileName, StringComparison.Ordinal) && !file.StartsWith('.'));
            var spare = item.With(path, $"# kubelint: ignore-file[{rule.Name}] not needed\n{Text(item.Files[path])}");
            lint.One(spare).Diagnostics.Count(finding => finding.Rule.Id == RunRules.UnusedSuppression.Id)
                .ShouldBe(rule.NeedsRevision ? 0 : 1, $"{item} with a suppression that it does not need");
            return;
        }

        var silenced = item;
        foreach (var file in found.GroupBy(finding => finding.Location.Text))
        {
            var lines = file.Select(finding => finding.Location.Start.Line).Distinct().OrderDescending();
            var text = new StringBuilder(file.Key.Content);
            foreach (var line in lines)
            {
                var span = file.Key.GetLineSpan(line);
                var indent = file.Key.Content.AsSpan(span.Start, span.Length);
                indent = indent[..(indent.Length - indent.TrimStart(' ').Length)];
                text.Insert(span.Start, $"{indent}# kubelint: ignore[{rule.Name}] on purpose\n");
            }

            silenced = silenced.With(file.Key.Path, text.ToString());
        }

        var after = lint.One(silenced);
        OfRule(item, after).Select(Describe).ShouldBeEmpty($"{item} with a suppression before each finding");
        after.Diagnostics.Where(finding => finding.Rule.Id == RunRules.UnusedSuppression.Id).Select(Describe).ShouldBeEmpty($"{item}: each suppression is used");
    }

    /// <summary>Fixes are as safe as declared, mend what they are for, do no harm, end, and touch no comment and no line end.</summary>
    public void FixesAreGood(RuleCase item)
    {
        var rule = Rule(item);
        foreach (var finding in OfRule(item, lint.One(item)))
        {
            foreach (var fix in finding.Fixes)
            {
                rule.Fix.ShouldNotBeNull($"{rule.Id} offers a fix and declares none");
                (fix.Safety <= rule.Fix).ShouldBeTrue($"{Describe(finding)} offers a fix that is safer than declared");
                fix.Title.ShouldNotEndWith(".");
                char.IsUpper(fix.Title[0]).ShouldBeTrue($"the title '{fix.Title}' begins with a capital letter");
                foreach (var (text, edits) in fix.Edits)
                {
                    text.Parent.ShouldBeNull($"{Describe(finding)}: a fix edits files, not texts inside them");
                    edits.ShouldAllBe(edit => edit.Span.End <= text.Content.Length);
                }
            }
        }

        foreach (var form in new[] { item, item.With(ToCrlf), item.With(WithMark) })
        {
            var result = Fix(form);
            result.Dropped.Select(drop => $"{Describe(drop.Diagnostic)}: {drop.Fix.Title}: {drop.Reason}").ShouldBeEmpty($"{item}: fixes that do harm");
            result.Rounds.ShouldBeLessThan(FixApplier.MaxRounds, $"{item}: fixes do not end");
            foreach (var file in result.Files)
            {
LineEnds([.. file.After]).IsSubsetOf(LineEnds([.. file.Before])).ShouldBeTrue($"{item}: a fix brings another line end");
                file.After.AsSpan().StartsWith(Encoding.UTF8.Preamble).ShouldBe(file.Before.AsSpan().StartsWith(Encoding.UTF8.Preamble), $"{item}: byte order mark");
                if (rule.Id != RunRules.UnusedSuppression.Id)
                {
                    Comments(file.After).ShouldBe(Comments(file.Before), $"{item}: comments");
                }
            }
        }
    }

    /// <summary>All other rules get through it.</summary>
    public void HarmsNoRule(RuleCase item) => Should.NotThrow(() => lint.All(item, item.ToSource()), item.ToString());

    /// <summary>The fixes of all rules, applied.</summary>
    public FixResult Fix(RuleCase item) =>
        new FixApplier((source, _, token) => lint.All(item, source, token), TestRepository.Directory).Apply(item.ToSource(), FixSafety.Unsafe);

    /// <summary>What the case's rule found.</summary>
    public static IReadOnlyList<Diagnostic> OfRule(RuleCase item, AnalysisResult result) =>
        [.. result.Diagnostics.Where(finding => finding.Rule.Id == item.RuleId)];

    /// <summary>What the case's rule finds.</summary>
    public IReadOnlyList<Diagnostic> Found(RuleCase item) => OfRule(item, lint.One(item));

    private RuleDescriptor Rule(RuleCase item) =>
        (catalog.Find(item.RuleId) ?? throw new InvalidOperationException($"The folder {item.Rule} is that of no rule")).Descriptor;

    private static string Describe(Diagnostic finding) =>
        $"{finding.Location.Text.Path}:{finding.Location.Start}-{finding.Location.End} {finding.Rule.Id} {finding.Message}";

    private static IEnumerable<string> Comments(IEnumerable<byte> bytes) =>
        YamlParser.Parse(new SourceText("x", Text([.. bytes]))).Comments.Select(comment => comment.Value);

    private static HashSet<string> LineEnds(byte[] bytes)
    {
        var text = Text(bytes);
        var ends = new HashSet<string>();
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            ends.Add(at > 0 && text[at - 1] == '\r' ? "\r\n" : "\n");
        }

        return ends;
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');

    private static byte[] ToCrlf(byte[] bytes) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));

    private static byte[] WithMark(byte[] bytes) => bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes : [.. Encoding.UTF8.Preamble, .. bytes];

    private sealed class ReversedSource(IFileSource source) : IFileSource
    {
        public bool FileExists(string path) => source.FileExists(path);

        public bool DirectoryExists(string path) => source.DirectoryExists(path);

        public IReadOnlyList<string> List(string directory) => [.. source.List(directory).Reverse()];

        public long GetLength(string path) => source.GetLength(path);

        public byte[] ReadAllBytes(string path) => source.ReadAllBytes(path);
    }
}
