using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports Kustomizations and HelmReleases that act as an account that does not exist.</summary>
public sealed class ReconcilerAccountMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7022", "reconciler-account-missing", "A Kustomization or HelmRelease acts as a service account that does not exist", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#service-account-reference"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        // Flux's own accounts come with Flux.
        var own = Lockdown.OwnNamespaces(context.Cluster);
        var knowledge = context.Cluster.Knowledge;
        foreach (var item in Reconciler.Of(context.Cluster))
        {
            if (item.Account is not { } account || !Template.IsPlain(account) || item.IsRemote || own.Contains(item.Namespace)
                || knowledge.Find("", "ServiceAccount", item.Namespace, account.Value).Presence != Presence.Missing)
            {
                continue;
            }

            var accounts = knowledge.InNamespace("", "ServiceAccount", item.Namespace);
            var nearest = NearestName.Find(account.Value, accounts.Select(other => other.Object.Name).OfType<string>());
            context.Report(
                account,
                $"The {item.Object.Kind} '{item.Object.Name}' acts as the service account '{account.Value}', which does not exist in namespace {item.Namespace}, so nothing is applied",
                nearest is not null ? $"Did you mean '{nearest}'?" : "Add the ServiceAccount, and a RoleBinding that lets it act",
                about: item.Object.Id);
        }
    });
}
