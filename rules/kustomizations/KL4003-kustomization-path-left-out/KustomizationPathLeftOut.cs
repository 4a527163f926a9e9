using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports paths that ignore patterns or a sparse checkout keep from the artifact.</summary>
public sealed class KustomizationPathLeftOut : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4003", "kustomization-path-left-out", "The path of a Flux Kustomization is left out of its source", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/source/gitrepositories/#ignore"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => BuildCauses.On(on, BuildCause.PathLeftOut, BuildCauses.Report);
}
