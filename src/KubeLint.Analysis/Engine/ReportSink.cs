using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>Collects what rules report, one after the other, on one thread.</summary>
internal sealed class ReportSink(List<RawFinding> findings, KubernetesObject? subject = null)
{
    /// <summary>The rule that is called.</summary>
    public RuleInstance? Source { get; set; }

    /// <summary>Says that the rule failed.</summary>
    public void Fail(Diagnostic failure) => findings.Add(new RawFinding(Source!, null, failure));

    public void Add(
        Location at,
        string message,
        string? help,
        ImmutableArray<RelatedLocation> related,
        ImmutableArray<Fix> fixes,
        ObjectId? about,
        ImmutableArray<Location> origins)
    {
        var descriptor = Source!.Rule.Descriptor;
        findings.Add(new RawFinding(Source, subject, new Diagnostic
        {
            Rule = descriptor,
            Severity = descriptor.DefaultSeverity,
            Message = message,
            Location = at,
            Help = help,
            Related = related.IsDefault ? [] : related,
            Fixes = fixes.IsDefault ? [] : fixes,
            Origins = origins,
            Object = about,
        }));
    }
}

/// <summary>A finding before configuration and suppressions are applied.</summary>
/// <param name="Source">The rule instance that reported it.</param>
/// <param name="Subject">The object that the rule looked at; null for none.</param>
/// <param name="Diagnostic">The finding, with its rule's default severity.</param>
internal readonly record struct RawFinding(RuleInstance Source, KubernetesObject? Subject, Diagnostic Diagnostic);
