using KubeLint.Analysis;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports charts of Git repositories and buckets that are deployed again only when their version changes.</summary>
public sealed class ChartChangeUnnoticed : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3007", "chart-change-unnoticed", "A chart from Git or a bucket is deployed again only with a new version", Severity.Warning)
        {
            Fix = FixSafety.Unsafe,
            Reference = new("https://fluxcd.io/flux/components/source/helmcharts/#reconcile-strategy"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => ChartRequest.Register(on, (context, request) =>
    {
        // Who writes the default knows of it.
        if (request.IsFromPath && request.Chart is { } chart && request.Spec["reconcileStrategy"] is null && !IsPinned(context) && Judging.IsFinal(context))
        {
            context.Report(
                chart,
                $"A change of the chart {chart.Value} reaches the cluster only when the version in its Chart.yaml changes too",
                "Write `reconcileStrategy: Revision` to deploy each revision of the source, or `ChartVersion` to say that this is meant",
                fixes: EntryFixes.Insert("Deploy each revision", request.Spec, FixSafety.Unsafe, "reconcileStrategy: Revision"));
        }
    });

    // Who goes from one release of a source to the next gets the versions that its author gave.
    private static bool IsPinned(ObjectContext context) =>
        context.Model.ReleasesOf(context.Object).Any(release => release.Chart.Source?.Root.Get("spec", "ref") is { } reference
            && (reference.Get("tag") ?? reference.Get("semver") ?? reference.Get("commit") ?? reference.Get("name")) is not null);
}
