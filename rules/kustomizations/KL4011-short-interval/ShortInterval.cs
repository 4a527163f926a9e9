using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports intervals of Flux Kustomizations that load the cluster for nothing.</summary>
public sealed class ShortInterval : Rule<ShortInterval.ShortIntervalOptions>
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4011", "short-interval", "A Flux Kustomization is reconciled more often than is of use", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#interval"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        var least = TimeSpan.FromSeconds(Options.MinimumSeconds);
        FluxObjects.OnKustomization(on, (context, item) =>
        {
            if (FluxObjects.Duration(item.Spec, "interval") is var (interval, every) && every > TimeSpan.Zero && every < least)
            {
                context.Report(
                    interval,
                    $"Every {interval.Value} Flux builds and applies all of this again, although a new commit is applied at once whatever the interval is",
                    "Write `interval: 10m` or longer; the source's interval decides how soon a commit is seen");
            }
        });
    }

    /// <summary>The options of KL4011.</summary>
    public sealed record ShortIntervalOptions
    {
        /// <summary>The shortest interval that is not reported, in seconds.</summary>
        public int MinimumSeconds { get; init; } = 60;
    }
}
