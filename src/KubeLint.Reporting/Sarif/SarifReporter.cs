using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Reporting;

/// <summary>
/// SARIF 2.1.0, for code scanning and editors. Paths are relative to the repository's root, percent-encoded, under
/// <c>%SRCROOT%</c>, whose place is not told, so that the log is the same on every machine.
/// </summary>
public sealed class SarifReporter : IReporter
{
    private const string SchemaUri = "https://json.schemastore.org/sarif-2.1.0.json";
    private const string SourceRoot = "%SRCROOT%";

    // A name of our own: GitHub computes its primaryLocationLineHash itself where it is absent.
    private const string FingerprintName = "kubelint/v1";

    private static readonly SarifContext Context = new(new(SarifContext.Default.Options) { Encoder = JsonText.Options.Encoder });

    /// <inheritdoc/>
    public void Write(RunReport report, TextWriter output)
    {
        var rules = Rules(report);
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < rules.Length; i++)
        {
            indexes[rules[i].Rule.Id] = i;
        }

        var writer = new ResultWriter(report, indexes);
        var run = new SarifRun(
            new SarifTool(new SarifDriver("KubeLint", report.ToolVersion, "https://github.com/kubelint/kubelint", [.. rules.Select(Rule)])),
            [writer.Invocation()],
            new Dictionary<string, SarifArtifactLocation>(StringComparer.Ordinal)
            {
                [SourceRoot] = new(Description: new SarifText("The root of the repository.")),
            },
            "utf16CodeUnits",
            writer.Results());
        JsonText.Write(new SarifLog(SchemaUri, "2.1.0", [run]), Context.SarifLog, output);
    }

    // Every result names its rule, so rules of findings that did not register as having run (a file's syntax) join.
    private static ImmutableArray<RulePage> Rules(RunReport report)
    {
        var known = report.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        var others = report.Diagnostics.Concat(report.Suppressed.Select(suppressed => suppressed.Diagnostic))
            .Select(diagnostic => diagnostic.Rule).Where(rule => known.Add(rule.Id));
        return [.. report.Rules.Concat(others).OrderBy(rule => rule.Id, StringComparer.Ordinal).Select(rule => new RulePage(rule, report.ReadPage(rule)))];
    }

    private static SarifRule Rule(RulePage page) => new(
        page.Rule.Id,
        PascalCase(page.Rule.Name),
        new SarifText(RulePage.Sentence(page.Rule.Title)),
        new SarifText(RulePage.Sentence(page.Summary)),
        new SarifHelp(
            page.Markdown.Length > 0 ? page.Markdown : RulePage.Sentence(page.Rule.Title),
            page.Markdown.Length > 0 ? page.Markdown : RulePage.Sentence(page.Rule.Title)),
        page.Rule.HelpUri.AbsoluteUri,
        new SarifRuleConfiguration(Level(page.Rule.DefaultSeverity), page.Rule.IsEnabledByDefault),
        new SarifRuleProperties([page.Rule.Category.ToString().ToLowerInvariant()]));

    // The form that consumers expect of a rule's name; the id stays what people write.
    private static string PascalCase(string name) =>
        string.Concat(name.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    private sealed class ResultWriter(RunReport report, Dictionary<string, int> ruleIndexes)
    {
        public SarifInvocation Invocation() => new(
            ExecutionSuccessful: true,
            Notifications(RunNoteKind.Execution),
            Notifications(RunNoteKind.Configuration));

        public ImmutableArray<SarifResult> Results()
        {
            var fingerprints = Fingerprints.Compute(report);
            var silenced = report with { Diagnostics = [.. report.Suppressed.Select(suppressed => suppressed.Diagnostic)] };
            var silencedFingerprints = Fingerprints.Compute(silenced);
            return
            [
                .. report.Diagnostics.Select((diagnostic, i) => Result(diagnostic, fingerprints[i], null)),
                .. report.Suppressed.Select((suppressed, i) => Result(
                    suppressed.Diagnostic,
                    silencedFingerprints[i],
                    new SarifSuppression("inSource", suppressed.Reason.Length > 0 ? suppressed.Reason : null))),
            ];
        }

        private ImmutableArray<SarifNotification>? Notifications(RunNoteKind kind) => OrNull(report.Notes.Where(note => note.Kind == kind)
            .Select(note => new SarifNotification(
                Level(note.Severity),
                new SarifText(RulePage.Sentence(note.Message)),
                note.Location is { } location ? [new SarifLocation(Physical(location))] : null)));

        private SarifResult Result(Diagnostic diagnostic, string fingerprint, SarifSuppression? suppression) => new(
            diagnostic.Rule.Id,
            ruleIndexes[diagnostic.Rule.Id],
            Level(diagnostic.Severity),
            new SarifText(Message(diagnostic)),
            [new SarifLocation(Physical(diagnostic.Location, diagnostic.Rule.HidesSource), diagnostic.Object is { } id ? [Logical(id), .. diagnostic.OtherObjects.Select(Logical)] : null)],
            OrNull(diagnostic.Related.Select((related, i) => new SarifLocation(
                Physical(related.Location, diagnostic.Rule.HidesSource), Id: i + 1, Message: new SarifText(RulePage.Sentence(related.Message))))),
            new Dictionary<string, string>(StringComparer.Ordinal) { [FingerprintName] = fingerprint },
            OrNull(diagnostic.Fixes.Where(fix => fix.Edits.Length > 0).Select(Fix)),
            suppression is null ? null : [suppression]);

        private static string Message(Diagnostic diagnostic) => diagnostic.Help is { } help
            ? $"{RulePage.Sentence(diagnostic.Message)} {RulePage.Sentence(help)}"
            : RulePage.Sentence(diagnostic.Message);

        private static SarifLogicalLocation Logical(ObjectId id) =>
            new(id.Name, id.Group.Length == 0 ? id.ToString() : $"{id.Group}/{id}", "resource");

        private SarifFix Fix(Fix fix) => new(
            new SarifText(RulePage.Sentence(fix.Title)),
            [
                .. fix.Edits.Select(file => new SarifArtifactChange(
                    Artifact(file.Text.Path),
                    [.. file.Edits.Select(edit => new SarifReplacement(Region(new Location(file.Text, edit.Span)), new SarifText(edit.NewText)))])),
            ]);

        private SarifPhysicalLocation Physical(Location location, bool hidesSource = false) => hidesSource
            ? new(Artifact(location.Text.Path), Region(location), null)
            : new(Artifact(location.Text.Path), Region(location, Snippet(location)), Context(location));

        private SarifArtifactLocation Artifact(string path) =>
            new(string.Join('/', report.RepositoryPath(path).Split('/').Select(Uri.EscapeDataString)), SourceRoot);

        private static SarifRegion Region(Location location, SarifText? snippet = null) => new(
            location.Start.Line,
            location.Start.Column,
            location.End.Line,
            location.End.Column,
            location.Span.Start,
            location.Span.Length,
            snippet);

        private static SarifText? Snippet(Location location) =>
            IsSecret(location, location.Start.Line, location.End.Line) ? null
                : new SarifText(location.Text.Content.Substring(location.Span.Start, location.Span.Length));

        // The lines around the range: what a viewer shows without the file.
        private static SarifRegion? Context(Location location)
        {
            var text = location.Text;
            var first = Math.Max(1, location.Start.Line - 1);
            var last = Math.Min(text.LineCount, location.End.Line + 1);
            var span = TextSpan.FromBounds(text.GetLineSpan(first).Start, text.GetLineSpan(last).End);
            if (span.Length <= location.Span.Length || !span.Contains(location.Span) || Enumerable.Range(first, last - first + 1).Any(line => SecretLines.IsSecret(text, line)))
            {
                return null;
            }

            return Region(new Location(text, span), new SarifText(text.Content.Substring(span.Start, span.Length)));
        }

        private static bool IsSecret(Location location, int first, int last)
        {
            for (var line = first; line <= last; line++)
            {
                if (SecretLines.Find(location.Text, line) is not null)
                {
                    return true;
                }
            }

            return false;
        }

        private static ImmutableArray<T>? OrNull<T>(IEnumerable<T> items) => items.ToImmutableArray() is { Length: > 0 } array ? array : null;
    }
}
