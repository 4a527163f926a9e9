using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports FluxInstances that do not say how large the cluster is.</summary>
public sealed class FluxInstanceSizeUnset : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7027", "flux-instance-size-unset", "A FluxInstance does not say how large the cluster is", Severity.Info)
        {
            IsEnabledByDefault = false,
            Reference = new("https://fluxoperator.dev/docs/crd/fluxinstance/#cluster-size"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        if (context.Cluster.Entry.Instance is { } instance && instance.Get("cluster", "size") is null)
        {
            context.Report(
                instance.Find("cluster")?.Key ?? instance.Find("sync")?.Key ?? instance,
                "Without cluster.size the controllers keep the concurrency and memory limits of a small cluster",
                "Write `size: small`, `medium` or `large` below `cluster`");
        }
    });
}
