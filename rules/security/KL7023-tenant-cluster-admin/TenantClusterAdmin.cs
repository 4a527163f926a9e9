using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports accounts of tenants that may do everything in all namespaces.</summary>
public sealed class TenantClusterAdmin : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7023", "tenant-cluster-admin", "A tenant's service account is cluster-admin in all namespaces", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/installation/configuration/multitenancy/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        var own = Lockdown.OwnNamespaces(context.Cluster);
        RoleBindings? bindings = null;
        foreach (var item in Reconciler.Of(context.Cluster))
        {
            if (item.Account is not { } account || own.Contains(item.Namespace))
            {
                continue;
            }

            bindings ??= new RoleBindings(context.Cluster);
            if (bindings.ClusterAdmin(item.Namespace, account.Value) is { } found)
            {
                context.Report(
                    found.Role,
                    $"The service account '{account.Value}' of namespace {item.Namespace}, as which Flux acts for a tenant, is cluster-admin in all namespaces",
                    "Use a RoleBinding in the tenant's namespace: there cluster-admin means that namespace only",
                    [new RelatedLocation(account.Location, $"The {item.Object.Kind} '{item.Object.Name}' acts as it")],
                    about: found.Binding.Id);
            }
        }
    });
}
