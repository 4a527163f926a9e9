using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports FluxInstances that do not hold tenants apart although there are some.</summary>
public sealed class FluxTenantsNotLocked : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7026", "flux-tenants-not-locked", "A FluxInstance does not hold the cluster's tenants apart", Severity.Warning)
        {
            Reference = new("https://fluxoperator.dev/docs/crd/fluxinstance/#cluster-multitenancy"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        if (context.Cluster.Entry.Instance is not { } instance || Lockdown.Of(context).IsSet)
        {
            return;
        }

        var own = Lockdown.OwnNamespaces(context.Cluster);
        foreach (var item in Reconciler.Of(context.Cluster))
        {
            // An account of its own, in a namespace of its own: that is what a tenant is given.
            if (item is { Account: { } account, Kustomization: not null } && !own.Contains(item.Namespace))
            {
                context.Report(
                    instance.Get("cluster", "multitenant") ?? instance.Find("cluster")?.Key ?? instance.Find("sync")?.Key ?? instance,
                    "The FluxInstance leaves multitenant off: a tenant who leaves out the service account gets all rights of Flux, and reads sources of other namespaces",
                    "Write `multitenant: true` below `cluster`",
                    [new RelatedLocation(account.Location, $"A tenant: the Kustomization '{item.Object.Name}' acts as an account of namespace {item.Namespace}")]);
                return;
            }
        }
    });
}
