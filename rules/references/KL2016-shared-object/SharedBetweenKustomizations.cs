using KubeLint.Analysis;

namespace KubeLint.Rules.References;

/// <summary>Reports objects that two Kustomizations apply alike.</summary>
public sealed class SharedBetweenKustomizations : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2016", "shared-object", "Two Kustomizations apply the same object, and each takes itself for its owner", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var shared in Owners.Shared(context))
        {
            if (shared.IsSame && shared.Overlap is null)
            {
                Owners.Report(
                    context,
                    shared,
                    "the last one to apply it owns it, and when that one is removed the object goes for all",
                    "Apply it from one place that the others depend on, or annotate it `kustomize.toolkit.fluxcd.io/ssa: IfNotPresent` if it is shared on purpose");
            }
        }
    });
}
