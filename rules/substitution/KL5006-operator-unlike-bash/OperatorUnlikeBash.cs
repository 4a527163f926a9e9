using KubeLint.Analysis;

namespace KubeLint.Rules.Substitution;

/// <summary>Reports operators that Flux takes for a default, though a shell does not.</summary>
public sealed class OperatorUnlikeBash : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL5006", "operator-unlike-bash", "An operator means something else to Flux than to a shell", Severity.Warning)
        {
            Reference = SubstitutionText.Reference,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        foreach (var use in context.Kustomization.VariableUses)
        {
            if (use.Operator == ":?")
            {
                context.Report(
                    use.Where,
                    $"Flux does not fail where '{use.Name}' is not set: it takes the text behind ':?' as the value",
                    $"Write `${{{use.Name}}}`, for which Flux 2.9 fails where nothing supplies it; write `$${{…}}` if a shell is to read this");
            }
            else if (use.Operator == ":+")
            {
                context.Report(
                    use.Where,
                    $"':+' is the other way round in Flux: its text is used where '{use.Name}' is not set, and the value where it is",
                    "Supply a variable that holds the text itself; write `$${…}` if a shell is to read this");
            }
        }
    });
}
