using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>A Service to which an Ingress or a route sends.</summary>
/// <param name="Owner">The Ingress or route.</param>
/// <param name="Namespace">The Service's namespace.</param>
/// <param name="Name">The Service's name.</param>
/// <param name="Port">The port's number or name; null where none is written.</param>
internal sealed record RouteBackend(EffectiveObject Owner, string Namespace, YamlScalar Name, YamlScalar? Port);

/// <summary>The backends of a cluster's Ingresses, Gateway API routes and Traefik's IngressRoutes.</summary>
internal static class RouteBackends
{
    public static IEnumerable<RouteBackend> Of(FluxCluster cluster)
    {
        foreach (var item in cluster.Objects())
        {
            var backends = (item.Object.Group, item.Object.Kind) switch
            {
                ("networking.k8s.io", "Ingress") => OfIngress(item),
                ("gateway.networking.k8s.io", "HTTPRoute" or "GRPCRoute" or "TLSRoute" or "TCPRoute" or "UDPRoute") => OfRoute(item),
                ("traefik.io" or "traefik.containo.us", "IngressRoute" or "IngressRouteTCP" or "IngressRouteUDP") => OfTraefik(item),
                _ => [],
            };
            foreach (var backend in backends)
            {
                if (Template.IsPlain(backend.Name) && !Template.IsIn(backend.Namespace))
                {
                    yield return backend;
                }
            }
        }
    }

    private static IEnumerable<RouteBackend> OfIngress(EffectiveObject item)
    {
        var spec = item.Object.Spec;
        if (Ingress(item, spec?.Get("defaultBackend")) is { } first)
        {
            yield return first;
        }

        foreach (var rule in spec?["rules"]?.AsSequence()?.Items ?? [])
        {
            foreach (var path in rule.Get("http", "paths")?.AsSequence()?.Items ?? [])
            {
                if (Ingress(item, path.Get("backend")) is { } backend)
                {
                    yield return backend;
                }
            }
        }
    }

    private static RouteBackend? Ingress(EffectiveObject item, YamlNode? backend)
    {
        // With `use-annotation` the name is that of an action of the AWS Load Balancer Controller.
        var port = (backend?.Get("service", "port", "number") ?? backend?.Get("service", "port", "name")) as YamlScalar;
        return backend?.Get("service", "name") is YamlScalar name && port?.Value != "use-annotation"
            ? new RouteBackend(item, item.Object.Namespace ?? "default", name, port)
            : null;
    }

    private static IEnumerable<RouteBackend> OfRoute(EffectiveObject item)
    {
        foreach (var rule in item.Object.Spec?["rules"]?.AsSequence()?.Items ?? [])
        {
            foreach (var backend in rule.Get("backendRefs")?.AsSequence()?.Items ?? [])
            {
                if (backend.GetString("group") is null or "" && backend.GetString("kind") is null or "Service" && backend.Get("name") is YamlScalar name)
                {
                    yield return new RouteBackend(item, backend.GetString("namespace") ?? item.Object.Namespace ?? "default", name, backend.Get("port") as YamlScalar);
                }
            }
        }
    }

    private static IEnumerable<RouteBackend> OfTraefik(EffectiveObject item)
    {
        foreach (var route in item.Object.Spec?["routes"]?.AsSequence()?.Items ?? [])
        {
            foreach (var service in route.Get("services")?.AsSequence()?.Items ?? [])
            {
                if (service.GetString("kind") is null or "Service" && service.Get("name") is YamlScalar name && !name.Value.Contains('@', StringComparison.Ordinal))
                {
                    yield return new RouteBackend(item, service.GetString("namespace") ?? item.Object.Namespace ?? "default", name, service.Get("port") as YamlScalar);
                }
            }
        }
    }
}
