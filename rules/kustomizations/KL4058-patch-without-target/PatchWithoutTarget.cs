using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports patches in kustomizations whose target selects nothing.</summary>
public sealed class PatchWithoutTarget : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4058", "patch-without-target", "A patch of a kustomization selects nothing", Severity.Warning)
        {
            Fix = FixSafety.Suggestion,
            Reference = new("https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Repository(static context => PatchTargets.Report(context, ofKustomizeFiles: true));
}
