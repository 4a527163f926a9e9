using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports Ingresses and routes to a port that their Service does not have.</summary>
public sealed class RouteBackendPortMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7064", "route-backend-port-missing", "An Ingress or a route sends to a port that the Service does not have", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-rules"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var backend in RouteBackends.Of(context.Cluster))
        {
            if (backend.Port is not { IsNull: false } port || !Template.IsPlain(port)
                || context.Cluster.Find("", "Service", backend.Namespace, backend.Name.Value)?.Object.Spec is not { } service
                || service.GetString("type") == "ExternalName" || service["ports"] is not YamlSequence { Items.IsEmpty: false } ports)
            {
                continue;
            }

            var field = PortNumbers.Parse(port) is not null ? "port" : "name";
            var values = ports.Items.Select(item => item.Get(field)?.AsScalar()).ToList();
            if (values.Exists(value => value is not null && (value.Value == port.Value || !Template.IsPlain(value))))
            {
                continue;
            }

            var known = values.OfType<YamlScalar>().Select(value => value.Value).ToList();
            var nearest = field == "name" ? NearestName.Find(port.Value, known) : null;
            context.Report(
                port,
                $"The {backend.Owner.Object.Kind} '{backend.Owner.Object.Name}' sends to the port {port.Value} of the Service '{backend.Name.Value}', which has no such port",
                nearest is not null ? $"Did you mean '{nearest}'?"
                : known.Count > 0 ? $"Its ports are {string.Join(", ", known)}"
                : "Its ports have no names: write a number",
                [new RelatedLocation(ports.Location, "The ports of the Service")],
                about: backend.Owner.Id);
        }
    });
}
