using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports remediation that the strategy leaves out.</summary>
public sealed class RemediationIgnored : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3011", "remediation-ignored", "Remediation beside the strategy RetryOnFailure", Severity.Warning)
        {
            Tag = FindingTag.Unnecessary,
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#install-strategy"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Helm, "HelmRelease", context =>
    {
        foreach (var key in (ReadOnlySpan<string>)["install", "upgrade"])
        {
            if (context.Object.Root.Get("spec", key) is YamlMapping action
                && action.Get("strategy", "name") is YamlScalar { Value: "RetryOnFailure" } strategy
                && action.Find("remediation") is { } remediation && remediation.Value.AsMapping() is { Entries.IsEmpty: false })
            {
                context.Report(
                    remediation.Key,
                    $"This remediation is ignored: with the strategy RetryOnFailure a failed {key} is only tried again, without rollback or uninstall and without a limit",
                    "Remove it, or write `strategy: {name: RemediateOnFailure}`",
                    [new RelatedLocation(strategy.Location, "The strategy")],
                    EntryFixes.Remove(action, "remediation", FixSafety.Safe));
            }
        }
    });
}
