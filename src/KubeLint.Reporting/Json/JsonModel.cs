using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace KubeLint.Reporting;

// The shape of --format json; schemas/kubelint-report.schema.json describes it for others. A change that could break
// a reader needs a new FormatVersion.
internal sealed record JsonReport(
    [property: JsonPropertyName("$schema")] string Schema,
    int FormatVersion,
    JsonTool Tool,
    JsonSummary Summary,
    ImmutableArray<JsonFinding> Findings,
    ImmutableArray<JsonRule> Rules,
    ImmutableArray<JsonNote> Notes);

internal sealed record JsonTool(string Name, string Version);

internal sealed record JsonSummary(int Errors, int Warnings, int Infos, int Files);

internal sealed record JsonFinding(
    string Rule,
    string Name,
    string Severity,
    string Message,
    string? Help,
    JsonPlace Place,
    JsonObjectId? Object,
    ImmutableArray<JsonObjectId> OtherObjects,
    ImmutableArray<JsonRelated> Related,
    ImmutableArray<JsonFix> Fixes,
    string Fingerprint);

internal sealed record JsonPlace(string Path, int StartLine, int StartColumn, int EndLine, int EndColumn, int Offset, int Length);

internal sealed record JsonObjectId(string Group, string Kind, string? Namespace, string Name);

internal sealed record JsonRelated(string Message, JsonPlace Place);

internal sealed record JsonFix(string Title, string Safety, ImmutableArray<JsonEdit> Edits);

internal sealed record JsonEdit(JsonPlace Place, string NewText);

internal sealed record JsonRule(string Id, string Name, string Title, string Severity, string HelpUri);

internal sealed record JsonNote(string Kind, string Severity, string Message, JsonPlace? Place);

[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonReport))]
internal sealed partial class JsonReportContext : JsonSerializerContext;
