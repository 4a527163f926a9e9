using KubeLint.Analysis;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports variables without a value where Flux fails for them.</summary>
public sealed class VariableUndefined : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5001", "variable-undefined", "A variable is used that nothing supplies, so the Kustomization cannot be built", Severity.Error)
        {
            Fix = FixSafety.Unsafe,
            Reference = SubstitutionText.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        if (SubstitutionText.IsStrict(context.Cluster))
        {
            UndefinedVariables.Report(context, "Flux 2.9 and later applies nothing of the Kustomization, an older one writes an empty text");
        }
    });
}
