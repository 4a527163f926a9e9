using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports Flux Kustomizations without a timeout.</summary>
public sealed class TimeoutUnset : Rule
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4009", "timeout-unset", "A Flux Kustomization that waits has no timeout, so it may wait nearly its whole interval", Severity.Info)
        {
            IsEnabledByDefault = false,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#timeout"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(static context =>
    {
        var spec = context.Kustomization.Object.Spec;
        var waits = spec?["wait"]?.AsScalar()?.AsBoolean() == true || spec?["healthChecks"]?.AsSequence() is { Items.IsEmpty: false };
        if (waits && spec!["timeout"] is null && FluxObjects.Duration(spec, "interval") is var (interval, every) && every > Long)
        {
            context.Report(
                interval,
                $"Without a timeout a failing health check is told only after the interval less 30 seconds, here {interval.Value}",
                "Write `timeout: 5m`, or as long as the slowest object takes");
        }
    });
}
