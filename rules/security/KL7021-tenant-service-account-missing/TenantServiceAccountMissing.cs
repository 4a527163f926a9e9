using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Security;

/// <summary>Reports Kustomizations and HelmReleases without an account where tenants are held apart.</summary>
public sealed class TenantServiceAccountMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7021", "tenant-service-account-missing", "A Kustomization or HelmRelease names no service account although tenants are held apart", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/installation/configuration/multitenancy/#how-to-configure-flux-multi-tenancy"),
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
        var bindings = new RoleBindings(context.Cluster);

        // A tenant's own source cannot bind the role without which it is not applied.
        var isKnown = context.Cluster.Kustomizations.All(item => item is { IsComplete: true, State: KustomizationState.Built } || !own.Contains(item.Id.Namespace ?? "default"));
        foreach (var item in Reconciler.Of(context.Cluster))
        {
            if (item.Account is not null || item.IsRemote || item.Object.Spec?["serviceAccountName"] is { IsUnknown: true })
            {
                continue;
            }

            if (lockdown.DefaultAccount(item.Controller) is { } account)
            {
                if (isKnown && !bindings.IsBound(item.Namespace, account.Name))
                {
                    context.Report(
                        item.NameNode,
                        $"The {item.Object.Kind} '{item.Object.Name}' names no service account, so the {item.Controller} acts as '{account.Name}' of namespace {item.Namespace}, to which the repository binds no role",
                        "Write `spec.serviceAccountName` with an account that a RoleBinding lets act there",
                        [new RelatedLocation(account.At.Location, "The account is set here")],
                        about: item.Object.Id);
                }
            }
            else if (!own.Contains(item.Namespace) && lockdown.CrossNamespaceRefs(item.Controller) is { } flag)
            {
                context.Report(
                    item.NameNode,
                    $"The {item.Object.Kind} '{item.Object.Name}' names no service account, so the {item.Controller} acts for this tenant with all of its own rights, in all namespaces",
                    "Write `spec.serviceAccountName`, or give the controllers `--default-service-account=default`",
                    [new RelatedLocation(flag.Location, "Tenants are held apart here")],
                    about: item.Object.Id);
            }
        }
    });
}
