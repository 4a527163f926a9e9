using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports upgrades that uninstall the release after each failure, without end.</summary>
public sealed class EndlessUpgradeUninstall : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3024", "endless-upgrade-uninstall", "A failing upgrade uninstalls the release again and again", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#upgrade-remediation"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Helm, "HelmRelease", context =>
    {
        var upgrade = context.Object.Root.Get("spec", "upgrade");
        if (upgrade?.Get("remediation", "retries") is YamlScalar { IsUnknown: false } retries && retries.Value.StartsWith('-')
            && upgrade.GetString("remediation", "strategy") == "uninstall" && upgrade.GetString("strategy", "name") != "RetryOnFailure")
        {
            context.Report(
                retries,
                $"A failing upgrade of {context.Object.Id} uninstalls the release and installs it anew without end: the workload and the volumes it owns are gone each time",
                "Write a number of retries, or `strategy: rollback`");
        }
    });
}
