using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace KubeLint.Reporting;

// The part of SARIF 2.1.0 that is written, with its names:
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
internal sealed record SarifLog([property: JsonPropertyName("$schema")] string Schema, string Version, ImmutableArray<SarifRun> Runs);

internal sealed record SarifRun(
    SarifTool Tool,
    ImmutableArray<SarifInvocation> Invocations,
    Dictionary<string, SarifArtifactLocation> OriginalUriBaseIds,
    string ColumnKind,
    ImmutableArray<SarifResult> Results);

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, string SemanticVersion, string InformationUri, ImmutableArray<SarifRule> Rules);

internal sealed record SarifRule(
    string Id,
    string Name,
    SarifText ShortDescription,
    SarifText FullDescription,
    SarifHelp Help,
    string HelpUri,
    SarifRuleConfiguration DefaultConfiguration,
    SarifRuleProperties Properties);

internal sealed record SarifText(string Text);

internal sealed record SarifHelp(string Text, string Markdown);

internal sealed record SarifRuleConfiguration(string Level, bool Enabled);

internal sealed record SarifRuleProperties(ImmutableArray<string> Tags);

internal sealed record SarifInvocation(
    bool ExecutionSuccessful,
    ImmutableArray<SarifNotification>? ToolExecutionNotifications,
    ImmutableArray<SarifNotification>? ToolConfigurationNotifications);

internal sealed record SarifNotification(string Level, SarifText Message, ImmutableArray<SarifLocation>? Locations);

internal sealed record SarifArtifactLocation(string? Uri = null, string? UriBaseId = null, SarifText? Description = null);

internal sealed record SarifResult(
    string RuleId,
    int RuleIndex,
    string Level,
    SarifText Message,
    ImmutableArray<SarifLocation> Locations,
    ImmutableArray<SarifLocation>? RelatedLocations,
    Dictionary<string, string> PartialFingerprints,
    ImmutableArray<SarifFix>? Fixes,
    ImmutableArray<SarifSuppression>? Suppressions);

internal sealed record SarifLocation(
    SarifPhysicalLocation PhysicalLocation,
    ImmutableArray<SarifLogicalLocation>? LogicalLocations = null,
    int? Id = null,
    SarifText? Message = null);

internal sealed record SarifPhysicalLocation(SarifArtifactLocation ArtifactLocation, SarifRegion Region, SarifRegion? ContextRegion);

internal sealed record SarifRegion(
    int StartLine,
    int StartColumn,
    int EndLine,
    int EndColumn,
    int CharOffset,
    int CharLength,
    SarifText? Snippet = null);

internal sealed record SarifLogicalLocation(string Name, string FullyQualifiedName, string Kind);

internal sealed record SarifFix(SarifText Description, ImmutableArray<SarifArtifactChange> ArtifactChanges);

internal sealed record SarifArtifactChange(SarifArtifactLocation ArtifactLocation, ImmutableArray<SarifReplacement> Replacements);

internal sealed record SarifReplacement(SarifRegion DeletedRegion, SarifText InsertedContent);

internal sealed record SarifSuppression(string Kind, string? Justification);

[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SarifLog))]
internal sealed partial class SarifContext : JsonSerializerContext;
