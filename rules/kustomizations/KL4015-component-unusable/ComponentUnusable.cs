using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports entries of <c>spec.components</c> that Flux cannot take.</summary>
public sealed class ComponentUnusable : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4015", "component-unusable", "A component of a Flux Kustomization is absolute, remote or missing", Severity.Error)
        {
            Fix = FixSafety.Suggestion,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#components"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => BuildCauses.On(on, BuildCause.Component, BuildCauses.Report);
}
