using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports timeouts that are longer than the interval.</summary>
public sealed class TimeoutBeyondInterval : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4008", "timeout-beyond-interval", "A Flux Kustomization waits longer than its interval", Severity.Info)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#timeout"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(static context =>
    {
        var spec = context.Kustomization.Object.Spec;
        if (FluxObjects.Duration(spec, "timeout") is var (timeout, wait) && FluxObjects.Duration(spec, "interval") is var (interval, every) && wait > every)
        {
            context.Report(
                timeout,
                $"The timeout {timeout.Value} is longer than the interval {interval.Value}: while one reconciliation waits, those that are due do not run",
                "Write a timeout below the interval",
                [new RelatedLocation(interval.Location, "The interval is set here")]);
        }
    });
}
