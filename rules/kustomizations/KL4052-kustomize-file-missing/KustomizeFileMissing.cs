using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports paths in kustomizations that lead nowhere.</summary>
public sealed class KustomizeFileMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4052", "kustomize-file-missing", "A kustomization names a file or directory that is not there", Severity.Error)
        {
            Fix = FixSafety.Suggestion,
            Reference = new("https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => BuildCauses.On(on, BuildCause.MissingFile, BuildCauses.Report);
}
