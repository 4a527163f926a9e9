using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>A port of a Service and the pods that it sends to, as far as the repository tells them.</summary>
/// <param name="Owner">The Service.</param>
/// <param name="Port">The port.</param>
/// <param name="Pods">The pods that it certainly selects.</param>
internal sealed record ServicePort(EffectiveObject Owner, YamlMapping Port, IReadOnlyList<WorkloadPod> Pods)
{
    /// <summary>The target port as it is written; null where it is the port's own number.</summary>
    public YamlScalar? Target => Port["targetPort"] is YamlScalar { IsNull: false } target ? target : null;

    /// <summary>The ports that containers of the pods declare.</summary>
    public IEnumerable<ContainerPort> PortsOfPods() => Pods.SelectMany(pod => pod.Containers).SelectMany(container => container.Ports());

    /// <summary>Where the pods stand.</summary>
    public RelatedLocation PodsLocation() => new((Pods[0].Owner.Root.Get("metadata", "name") ?? Pods[0].Owner.Root).Location, $"It selects the pods of {Pods[0].DisplayName}");
}

/// <summary>The ports of a cluster's Services.</summary>
internal static class ServicePorts
{
    public static IEnumerable<ServicePort> Of(FluxCluster cluster)
    {
        foreach (var service in cluster.Knowledge.OfKind("", "Service"))
        {
            if (service.Object.Spec?["selector"] is not YamlMapping { Entries.IsEmpty: false } selector)
            {
                continue;
            }

            // Where no value is known nothing is certainly selected.
            var pods = Labels.FindPlain(selector) is var (key, value)
                ? cluster.Workloads.Labelled(service.Object.Namespace, key, value).Where(pod => Labels.Match(selector, pod.Labels) == true).ToList()
                : [];
            foreach (var item in service.Object.Spec["ports"]?.AsSequence()?.Items ?? [])
            {
                if (item.AsMapping() is { } port)
                {
                    yield return new ServicePort(service, port, pods);
                }
            }
        }
    }
}
