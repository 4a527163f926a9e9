using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports variables that a script or a dashboard defines itself and that Flux replaces before it can.</summary>
public sealed class ScriptVariableSubstituted : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5007", "script-variable-substituted", "Flux replaces a variable that belongs to a script or a dashboard", Severity.Warning)
        {
            Fix = FixSafety.Safe,
            Reference = SubstitutionText.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        // What is undefined fails, and is told so; what is supplied by name is meant for Flux.
        var candidates = context.Kustomization.VariableUses.Where(
            use => use.Variable is null && (use.HasDefault || use.State == VariableState.Unknown) && use.Scalar.Value.Contains('\n', StringComparison.Ordinal));
        foreach (var uses in SubstitutionText.Groups(candidates))
        {
            var use = uses[0];
            if (OwnVariables.Of(use.Scalar.Value, use.Name) is { } owner)
            {
                context.Report(
                    use.Where,
                    $"Flux replaces '{use.Name}'{SubstitutionText.Times(uses.Length)} before {owner} can: it takes "
                    + (use.HasDefault ? "the default" : "an empty text, or fails since 2.9, where nothing supplies it"),
                    $"Write `$${{{use.Name}}}`, or label the object `{PostBuildSubstitution.OptOutKey}: disabled`",
                    fixes: SubstitutionText.Escape(use.Scalar, FixSafety.Safe, uses.Select(one => one.Where)));
            }
        }
    });
}
