using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports volumes, Namespaces and CRDs that Flux deletes because they left the build.</summary>
public sealed class PrunedData : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4102", "pruned-data", "Flux deletes a volume claim, a Namespace or a CRD that left the build", Severity.Warning)
        {
            NeedsRevision = true,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#prune"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Change(context => Pruning.Report(
        context,
        Pruning.IsPrecious,
        ", and with a claim its data, with a Namespace or a CRD all that is in it",
        "Where it is to stay, annotate it with `kustomize.toolkit.fluxcd.io/prune: disabled` in a commit of its own, let Flux apply that, and take it out then"));
}
