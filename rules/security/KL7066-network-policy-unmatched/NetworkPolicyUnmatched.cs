using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports NetworkPolicies that hold for no pod.</summary>
public sealed class NetworkPolicyUnmatched : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL7066", "network-policy-unmatched", "A NetworkPolicy holds for no pod", Severity.Warning)
    {
        Reference = new("https://kubernetes.io/docs/concepts/services-networking/network-policies/"),
    };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var policy in context.Cluster.Objects())
        {
            if (policy.Object.Is("networking.k8s.io", "NetworkPolicy") && policy.Object.Spec?.Find("podSelector") is { Value: var selector } entry
                && !Labels.IsEverything(selector) && SelectorTargets.FindUnselected(context.Cluster, policy, labels => Labels.Select(selector, labels)) is { } pod)
            {
                context.Report(
                    entry.Key,
                    $"The NetworkPolicy '{policy.Object.Name}' selects no pod, so it protects nothing",
                    "Write labels that the pods have; an empty `podSelector` selects all of the namespace",
                    [SelectorTargets.LabelsOf(pod)],
                    about: policy.Id);
            }
        }
    });
}
