using KubeLint.Analysis;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports versions of charts that are taken from a path.</summary>
public sealed class ChartVersionIgnored : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3006", "chart-version-ignored", "A version beside a chart in a GitRepository or Bucket", Severity.Warning)
        {
            Tag = FindingTag.Unnecessary,
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/source/helmcharts/#version"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => ChartRequest.Register(on, (context, request) =>
    {
        // The default that the API server would write says nothing false.
        if (request.IsFromPath && request.Version is { Value: not "*" } version)
        {
            context.Report(
                version,
                $"The version '{version.Value}' is ignored: of a {request.SourceKind} Flux takes the chart that lies at the path, whatever its version",
                $"Remove it, and choose the revision in the {request.SourceKind}",
                fixes: EntryFixes.Remove(request.Spec, "version", FixSafety.Safe));
        }
    });
}
