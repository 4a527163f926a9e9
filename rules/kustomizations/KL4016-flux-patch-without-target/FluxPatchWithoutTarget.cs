using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports patches of Flux Kustomizations whose target selects nothing.</summary>
public sealed class FluxPatchWithoutTarget : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4016", "flux-patch-without-target", "A patch of a Flux Kustomization selects nothing", Severity.Warning)
        {
            Fix = FixSafety.Suggestion,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#patches"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Repository(static context => PatchTargets.Report(context, ofKustomizeFiles: false));
}
