using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports charts whose version is a range.</summary>
public sealed class ChartVersionRange : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3003", "chart-version-range", "A chart's version is a range", Severity.Info)
        {
            IsEnabledByDefault = false,
            Reference = new("https://fluxcd.io/flux/components/source/helmcharts/#version"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => ChartRequest.Register(on, (context, request) =>
    {
        if (request.IsFromIndex && request.Version is { } version && Judging.IsKnown(version)
            && VersionConstraint.Parse(version.Value) is { Exact: null, IsAny: false })
        {
            context.Report(
                version,
                $"'{version.Value}' is a range, so the chart {request.Chart?.Value} changes without a commit",
                "Write one version; a bot can raise it by pull requests");
        }
    });
}
