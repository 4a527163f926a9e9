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
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var budget in context.Cluster.Objects())
        {
            if (budget.Object.Is("policy", "PodDisruptionBudget") && budget.Object.Spec?.Find("selector") is { Value: var selector } entry
                && !Labels.IsEverything(selector) && SelectorTargets.FindUnselected(context.Cluster, budget, labels => Labels.Select(selector, labels)) is { } pod)
            {
                context.Report(
                    entry.Key,
                    $"The PodDisruptionBudget '{budget.Object.Name}' selects no pod, so a drain of nodes may stop all of them at once",
                    "Write labels that the pods have",
                    [SelectorTargets.LabelsOf(pod)],
                    about: budget.Id);
            }
        }
    });
}
