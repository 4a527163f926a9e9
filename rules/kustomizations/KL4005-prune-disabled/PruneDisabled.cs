using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports Flux Kustomizations that delete nothing.</summary>
public sealed class PruneDisabled : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4005", "prune-disabled", "A Flux Kustomization does not prune, so what is removed from git stays in the cluster", Severity.Info)
        {
            Fix = FixSafety.Unsafe,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#prune"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => FluxObjects.OnKustomization(on, static (context, item) =>
    {
        if (item.Root.Get("spec", "prune")?.AsScalar() is { IsUnknown: false } prune && prune.AsBoolean() == false)
        {
            context.Report(
                prune,
                "Nothing is pruned: what is removed from git stays in the cluster, and nobody sees that it is left over",
                "Write `prune: true`, and annotate what must never be deleted with `kustomize.toolkit.fluxcd.io/prune: disabled`",
                fixes: prune is { Derivation: null, Anchor: null, Source.Parent: null }
                    ? [new Fix("Prune", FixSafety.Unsafe, [new FileEdit(prune.Source, [new TextEdit(prune.Span, "true")])])] : []);
        }
    });
}
