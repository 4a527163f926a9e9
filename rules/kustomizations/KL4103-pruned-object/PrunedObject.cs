using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Tells which objects Flux deletes because they left the build.</summary>
public sealed class PrunedObject : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4103", "pruned-object", "Flux deletes objects that left the build", Severity.Info)
        {
            NeedsRevision = true,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#prune"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Change(context => Pruning.Report(
        context,
        item => !Pruning.IsPrecious(item),
        "",
        "Nothing is to be done where they are to go"));
}
