using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Security;

/// <summary>Reports Kustomizations of tenants that leave it to the source in which namespaces its objects go.</summary>
public sealed class TenantTargetNamespaceMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7024", "tenant-target-namespace-missing", "A tenant's Kustomization has no targetNamespace", Severity.Info)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        var lockdown = Lockdown.Of(context);
        if (!lockdown.IsSet)
        {
            return;
        }

        var own = Lockdown.OwnNamespaces(context.Cluster);
        foreach (var item in context.Cluster.Kustomizations)
        {
            // What is known and names its namespaces needs none.
            var isOpen = item.State != KustomizationState.Built || item.AllObjects().Any(made => made.Object.Namespace is null && made.Object.Group.Length == 0 && made.Object.Kind is not ("Namespace" or "Node" or "PersistentVolume"));
            if (!own.Contains(item.Id.Namespace ?? "default") && item.Object.Spec?["targetNamespace"] is null && isOpen)
            {
                context.Report(
                    item.Object.Root.Get("metadata", "name") ?? item.Object.Root,
                    $"The Kustomization '{item.Id.Name}' of a tenant has no targetNamespace: objects of its source without a namespace go to 'default', where the tenant may do nothing",
                    $"Write `spec.targetNamespace: {item.Id.Namespace}`",
                    about: item.Object.Id);
            }
        }
    });
}
