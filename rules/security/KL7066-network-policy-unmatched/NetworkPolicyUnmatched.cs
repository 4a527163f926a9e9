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
    public override void Register(IRuleRegistrar on) => on.Graph(static context => SelectorTargets.ReportUnmatched(
        context,
        "networking.k8s.io",
        "NetworkPolicy",
        "podSelector",
        "it protects nothing",
        "Write labels that the pods have; an empty `podSelector` selects all of the namespace"));
}
