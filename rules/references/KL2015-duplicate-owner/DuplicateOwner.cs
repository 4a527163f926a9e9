using KubeLint.Analysis;

namespace KubeLint.Rules.References;

/// <summary>Reports objects that two Kustomizations apply differently.</summary>
public sealed class DuplicateOwner : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2015", "duplicate-owner", "Two Kustomizations apply one object, and not the same", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var shared in Owners.Shared(context))
        {
            if (!shared.IsSame && shared.Overlap is null)
            {
                Owners.Report(
                    context,
                    shared,
                    "each writes its own form of it over the other's, again and again, and when one of them is removed the object goes with it",
                    "Give one of the two another name, or apply the object from one place; annotate it `kustomize.toolkit.fluxcd.io/ssa: IfNotPresent` if it is shared on purpose");
            }
        }
    });
}
