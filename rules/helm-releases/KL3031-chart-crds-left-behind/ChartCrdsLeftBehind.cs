using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports releases whose upgrades leave the chart's CRDs as they are.</summary>
public sealed class ChartCrdsLeftBehind : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3031", "chart-crds-left-behind", "Upgrades of a chart with CRDs do not update them", Severity.Warning)
        {
            Fix = FixSafety.Unsafe,
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#controlling-the-lifecycle-of-custom-resource-definitions"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        // Who writes `Skip` wants it so.
        if (!context.Release.Chart.HasCrds || context.Release.Object.Spec is not { } spec || spec.Get("upgrade", "crds") is not null)
        {
            return;
        }

        context.Report(
            context.Release.Chart.Name ?? Judging.NameOf(context.Release.Object),
            $"The chart {context.Release.Chart.Name?.Value} brings CRDs, and upgrades of {context.Release.Id} leave those of the first install in place",
            "Write `upgrade: {crds: CreateReplace}`; `Skip` says that they are updated elsewhere",
            fixes: spec["upgrade"] switch
            {
                YamlMapping upgrade => EntryFixes.Insert("Update the CRDs too", upgrade, FixSafety.Unsafe, "crds: CreateReplace"),
                null => EntryFixes.Insert("Update the CRDs too", spec, FixSafety.Unsafe, "upgrade:", "  crds: CreateReplace"),
                _ => [],
            });
    });
}
