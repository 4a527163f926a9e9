using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports components under <c>resources</c> and kustomizations under <c>components</c>.</summary>
public sealed class ComponentMisplaced : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4057", "component-misplaced", "A component stands among resources, or a kustomization among components", Severity.Error)
        {
            Reference = new("https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/components/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => BuildCauses.On(on, BuildCause.WrongKind, BuildCauses.Report);
}
