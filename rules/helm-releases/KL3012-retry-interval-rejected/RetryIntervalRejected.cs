using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports retry intervals that the API server refuses.</summary>
public sealed class RetryIntervalRejected : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3012", "retry-interval-rejected", "A retryInterval beside the strategy RemediateOnFailure", Severity.Error)
        {
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#install-strategy"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Helm, "HelmRelease", context =>
    {
        foreach (var key in (ReadOnlySpan<string>)["install", "upgrade"])
        {
            if (context.Object.Root.Get("spec", key, "strategy") is YamlMapping strategy
                && strategy["name"] is YamlScalar { Value: "RemediateOnFailure" } name
                && strategy.Find("retryInterval") is { } interval && interval.Value.AsScalar() is { IsNull: false })
            {
                context.Report(
                    interval.Key,
                    $"The strategy RemediateOnFailure allows no retryInterval, so the API server refuses {context.Object.Id}",
                    "Remove it, or write `name: RetryOnFailure`",
                    [new RelatedLocation(name.Location, "The strategy")],
                    EntryFixes.Remove(strategy, "retryInterval", FixSafety.Safe));
            }
        }
    });
}
