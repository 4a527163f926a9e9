using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Reporting;

/// <summary>For programs: everything that is known of each finding. Paths are relative to the working directory.</summary>
public sealed class JsonReporter : IReporter
{
    private const string SchemaUri = "https://raw.githubusercontent.com/kubelint/kubelint/main/schemas/kubelint-report.schema.json";

    private static readonly JsonReportContext Context = new(new(JsonReportContext.Default.Options) { Encoder = JsonText.Options.Encoder });

    /// <inheritdoc/>
    public void Write(RunReport report, TextWriter output)
    {
        var fingerprints = Fingerprints.Compute(report);
        var json = new JsonReport(
            SchemaUri,
            1,
            new JsonTool("kubelint", report.ToolVersion),
            new JsonSummary(report.Count(Severity.Error), report.Count(Severity.Warning), report.Count(Severity.Info), report.FileCount),
            [.. report.Diagnostics.Select((diagnostic, index) => Finding(diagnostic, fingerprints[index]))],
            [.. report.Rules.Select(Rule)],
            [.. report.Notes.Select(Note)]);
        JsonText.Write(json, Context.JsonReport, output);
    }

    private static JsonFinding Finding(Diagnostic diagnostic, string fingerprint) => new(
        diagnostic.Rule.Id,
        diagnostic.Rule.Name,
        diagnostic.Severity.ToWord(),
        diagnostic.Message,
        diagnostic.Help,
        Place(diagnostic.Location),
        diagnostic.Object is { } id ? ObjectId(id) : null,
        [.. diagnostic.OtherObjects.Select(ObjectId)],
        [.. diagnostic.Related.Select(related => new JsonRelated(related.Message, Place(related.Location)))],
        [.. diagnostic.Fixes.Select(Fix)],
        fingerprint);

    private static JsonFix Fix(Fix fix) => new(
        fix.Title,
        Word(fix.Safety),
        [.. fix.Edits.SelectMany(file => file.Edits.Select(edit => new JsonEdit(Place(new Location(file.Text, edit.Span)), edit.NewText)))]);

    private static string Word(FixSafety safety) => safety switch
    {
        FixSafety.Safe => "safe",
        FixSafety.Unsafe => "unsafe",
        _ => "suggestion",
    };

    private static JsonObjectId ObjectId(ObjectId id) => new(id.Group, id.Kind, id.Namespace, id.Name);

    private static JsonRule Rule(RuleDescriptor rule) =>
        new(rule.Id, rule.Name, rule.Title, rule.DefaultSeverity.ToWord(), rule.HelpUri.AbsoluteUri);

    private static JsonNote Note(RunNote note) => new(
        note.Kind == RunNoteKind.Configuration ? "configuration" : "execution",
        note.Severity.ToWord(),
        note.Message,
        note.Location is { } location ? Place(location) : null);

    private static JsonPlace Place(Location location) => new(
        location.Text.Path,
        location.Start.Line,
        location.Start.Column,
        location.End.Line,
        location.End.Column,
        location.Span.Start,
        location.Span.Length);
}
