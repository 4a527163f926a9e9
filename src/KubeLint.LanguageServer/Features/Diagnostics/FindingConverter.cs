using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;

using KubeLint.Analysis;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Repositories;

using Diagnostic = KubeLint.LanguageServer.Protocol.Diagnostic;

namespace KubeLint.LanguageServer.Features.Diagnostics;

/// <summary>Findings as the client shows them.</summary>
/// <param name="server">What the features share.</param>
internal sealed class FindingConverter(ServerContext server)
{
    /// <summary>The code of what is wrong in a configuration.</summary>
    private const string ConfigurationCode = "configuration";

    // A client may ask for all of them every two seconds.
    private readonly ConditionalWeakTable<Snapshot, ImmutableDictionary<string, FileFindings>> known = [];

    /// <summary>The findings of all files of a repository, by path; a file without one is not among them.</summary>
    public ImmutableDictionary<string, FileFindings> All(Snapshot snapshot) => known.GetValue(snapshot, FindAll);

    private ImmutableDictionary<string, FileFindings> FindAll(Snapshot snapshot)
    {
        var byPath = new Dictionary<string, List<Diagnostic>>(StringComparer.Ordinal);
        foreach (var finding in snapshot.All.Diagnostics)
        {
            Add(snapshot.PathOf(finding.Location.Text), Convert(snapshot, finding));
        }

        foreach (var error in snapshot.Setup.Errors)
        {
            Add(snapshot.PathOf(error.Location.Text), Convert(error));
        }

        return byPath.ToImmutableDictionary(pair => pair.Key, pair => new FileFindings([.. pair.Value]), StringComparer.Ordinal);

        void Add(string path, Diagnostic diagnostic)
        {
            if (!byPath.TryGetValue(path, out var list))
            {
                byPath.Add(path, list = []);
            }

            list.Add(diagnostic);
        }
    }

    /// <summary>The findings of one file.</summary>
    public FileFindings Of(Snapshot snapshot, string path, CancellationToken cancellationToken)
    {
        var found = snapshot.Find(path) is { } file ? snapshot.FindingsIn(file, cancellationToken).Diagnostics.Select(finding => Convert(snapshot, finding)) : [];
        return new FileFindings([.. found, .. snapshot.Setup.Errors.Where(error => snapshot.PathOf(error.Location.Text) == path).Select(Convert)]);
    }

    private Diagnostic Convert(Snapshot snapshot, Analysis.Diagnostic finding) => new()
    {
        Range = server.Positions.ToRange(finding.Location.Text, finding.Location.FirstLine().Span),
        Severity = finding.Severity switch
        {
            Severity.Error => DiagnosticSeverity.Error,
            Severity.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Information,
        },
        Code = finding.Rule.Id,
        CodeDescription = new CodeDescription(finding.Rule.HelpUri.AbsoluteUri),
        Message = finding.Help is { } help ? $"{finding.Message}\n{help}" : finding.Message,
        Tags = TagsOf(finding.Rule),
        RelatedInformation = finding.Related.IsEmpty || server.Capabilities.TextDocument?.PublishDiagnostics?.RelatedInformation == false ? null
            : [.. finding.Related.Select(related => new DiagnosticRelatedInformation(server.ToClient(snapshot, related.Location), related.Message))],
    };

    private DiagnosticTag[]? TagsOf(RuleDescriptor rule)
    {
        DiagnosticTag? tag = rule.Tag switch
        {
            FindingTag.Deprecated => DiagnosticTag.Deprecated,
            FindingTag.Unnecessary => DiagnosticTag.Unnecessary,
            _ => null,
        };
        return tag is { } known && server.Capabilities.TextDocument?.PublishDiagnostics?.TagSupport is { } support && Supports(support, known) ? [known] : null;
    }

    private static bool Supports(JsonElement support, DiagnosticTag tag) => support.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Object => support.TryGetProperty("valueSet", out var set) && set.ValueKind == JsonValueKind.Array
            && set.EnumerateArray().Any(value => value.TryGetInt32(out var number) && number == (int)tag),
        _ => false,
    };

    private Diagnostic Convert(ConfigurationError error) => new()
    {
        Range = server.Positions.ToRange(error.Location.Text, error.Location.FirstLine().Span),
        Severity = DiagnosticSeverity.Error,
        Code = ConfigurationCode,
        Message = error.Message,
    };
}
