using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports directories with more than one kustomization file.</summary>
public sealed class SeveralKustomizationFiles : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4056", "several-kustomization-files", "A directory has two kustomization files, which kustomize refuses", Severity.Error)
        {
            Reference = new("https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => BuildCauses.On(on, BuildCause.SeveralFiles, BuildCauses.Report);
}
