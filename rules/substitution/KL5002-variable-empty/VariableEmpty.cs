using KubeLint.Analysis;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports variables without a value where Flux takes the empty text for them.</summary>
public sealed class VariableEmpty : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5002", "variable-empty", "A variable is used that nothing supplies, and becomes an empty text", Severity.Warning)
        {
            Fix = FixSafety.Unsafe,
            Reference = SubstitutionText.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        if (!SubstitutionText.IsStrict(context.Cluster))
        {
            UndefinedVariables.Report(context, "this cluster's Flux writes an empty text, and from 2.9 on it fails");
        }
    });
}
