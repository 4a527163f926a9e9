using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports FluxInstances without the network policies of Flux.</summary>
public sealed class FluxNetworkPolicyOff : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7025", "flux-network-policy-off", "A FluxInstance leaves out the network policies of Flux", Severity.Info)
        {
            Reference = new("https://fluxoperator.dev/docs/crd/fluxinstance/#cluster-network-policy"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        if (context.Cluster.Entry.Instance?.Get("cluster", "networkPolicy") is YamlScalar { IsUnknown: false } policy && policy.AsBoolean() == false)
        {
            context.Report(
                policy,
                "Without its network policies each pod of the cluster reaches Flux's controllers, and the sources that they serve",
                "Leave it out, or write `networkPolicy: true`, unless policies of your own protect the namespace");
        }
    });
}
