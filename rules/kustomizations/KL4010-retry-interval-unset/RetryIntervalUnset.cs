using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports Flux Kustomizations that wait a long interval before they try again.</summary>
public sealed class RetryIntervalUnset : Rule
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4010", "retry-interval-unset", "A Flux Kustomization with a long interval has no retry interval", Severity.Info)
        {
            IsEnabledByDefault = false,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#retry-interval"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(static context =>
    {
        var spec = context.Kustomization.Object.Spec;
        if (spec?["retryInterval"] is null && FluxObjects.Duration(spec, "interval") is var (interval, every) && every >= Long)
        {
            context.Report(
                interval,
                $"A reconciliation that fails is tried again only after {interval.Value}, although what it waited for may be there in a minute",
                "Write `retryInterval: 2m`");
        }
    });
}
