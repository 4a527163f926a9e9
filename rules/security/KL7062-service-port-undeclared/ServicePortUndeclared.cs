using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports Services that send to a port number which their pods, that declare all of theirs, do not declare.</summary>
public sealed class ServicePortUndeclared : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7062", "service-port-undeclared", "A Service sends to a port number that its pods do not declare", Severity.Info)
        {
            Reference = new("https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var service in ServicePorts.Of(context.Cluster))
        {
            var at = service.Target ?? service.Port["port"] as YamlScalar;
            if (PortNumbers.Parse(at) is not { } number || at!.IsUnknown || service.Pods.Count == 0 || !service.Pods.All(DeclaresPorts))
            {
                continue;
            }

            var declared = service.PortsOfPods().Select(port => PortNumbers.Parse(port.Number)).ToList();
            if (declared.Contains(number) || declared.Contains(null))
            {
                continue;
            }

            var others = string.Join(", ", declared.Distinct().Select(other => other!.Value.ToString(CultureInfo.InvariantCulture)));
            context.Report(
                at,
                $"The Service '{service.Owner.Object.Name}' sends to the port {number.ToString(CultureInfo.InvariantCulture)}, and its pods declare {others} only",
                "Write the port on which the program listens, or declare this one in the container too",
                [service.PodsLocation()],
                about: service.Owner.Id);
        }
    });

    // What declares none may listen anywhere: a declaration is only a note.
    private static bool DeclaresPorts(WorkloadPod pod) => pod.Containers.All(container => container.Role == ContainerRole.Init || container.Ports().Any());
}
