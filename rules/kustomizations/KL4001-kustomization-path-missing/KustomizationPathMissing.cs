using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports paths of Flux Kustomizations that lead nowhere.</summary>
public sealed class KustomizationPathMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4001", "kustomization-path-missing", "The path of a Flux Kustomization is not in its source", Severity.Error)
        {
            Fix = FixSafety.Suggestion,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#path"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => BuildCauses.On(on, BuildCause.Path, BuildCauses.Report);
}
