using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports Ingresses and routes to a Service that does not exist.</summary>
public sealed class RouteBackendMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL7063", "route-backend-missing", "An Ingress or a route sends to a Service that does not exist", Severity.Warning)
    {
        Reference = new("https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-rules"),
    };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        var absence = Absence.Of(context);
        var own = Lockdown.OwnNamespaces(context.Cluster);
        foreach (var backend in RouteBackends.Of(context.Cluster))
        {
            // What Kubernetes and Flux bring is written nowhere.
            if (own.Contains(backend.Namespace) || backend.Namespace is "kube-system" || (backend.Namespace, backend.Name.Value) is ("default", "kubernetes")
                || !absence.IsCertain("", "Service", backend.Namespace, backend.Name.Value))
            {
                continue;
            }

            var knowledge = context.Cluster.Knowledge;
            var elsewhere = knowledge.Named("", "Service", backend.Name.Value).FirstOrDefault();
            var nearest = NearestName.Find(backend.Name.Value, knowledge.InNamespace("", "Service", backend.Namespace).Select(service => service.Object.Name).OfType<string>());
            context.Report(
                backend.Name,
                $"The {backend.Owner.Object.Kind} '{backend.Owner.Object.Name}' sends to the Service '{backend.Name.Value}', which does not exist in namespace {backend.Namespace}",
                nearest is not null ? $"Did you mean '{nearest}'?"
                : elsewhere is not null ? $"There is one of this name in namespace {elsewhere.Object.Namespace ?? "default"}"
                : "Write the name of a Service of this namespace",
                about: backend.Owner.Id);
        }
    });
}
