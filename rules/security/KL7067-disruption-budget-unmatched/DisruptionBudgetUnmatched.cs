using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports PodDisruptionBudgets that hold for no pod.</summary>
public sealed class DisruptionBudgetUnmatched : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL7067", "disruption-budget-unmatched", "A PodDisruptionBudget holds for no pod", Severity.Warning)
    {
        Reference = new("https://kubernetes.io/docs/tasks/run-application/configure-pdb/"),
    };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(static context => SelectorTargets.ReportUnmatched(
        context, "policy", "PodDisruptionBudget", "selector", "a drain of nodes may stop all of them at once", "Write labels that the pods have"));
}
