using KubeLint.Analysis;
using KubeLint.Flux.Live;

namespace KubeLint.Rules.Live;

/// <summary>Reports entries of <c>substituteFrom</c> that the cluster lacks.</summary>
public sealed class LiveVariablesSourceMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9012", "live-variables-source-missing", "A Secret or ConfigMap of substituteFrom is not in the cluster", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        foreach (var reference in context.Objects.SelectMany(item => LiveReference.Of(item, [])).Where(reference => reference is { Use: LiveUse.Variables, IsOptional: false }))
        {
            if (context.Live.Find(reference.Id).State == LiveState.Absent && !context.Live.Data.ContainsKey(reference.Id))
            {
                context.Report(
                    reference.At,
                    $"{reference.Id} is not in {context.Live.Name}: {reference.Owner.Id} cannot be built",
                    "See what should make it (an ExternalSecret, another Kustomization), or write `optional: true` where it may be absent",
                    about: reference.Owner.Id);
            }
        }
    }
}
