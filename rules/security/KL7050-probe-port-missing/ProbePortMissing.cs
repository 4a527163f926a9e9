using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports probes and hooks that name a port which their container does not have.</summary>
public sealed class ProbePortMissing : Rule
{
    private static readonly ImmutableArray<string> Probes = ["liveness", "readiness", "startup"];
    private static readonly ImmutableArray<string> Hooks = ["postStart", "preStop"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL7050", "probe-port-missing", "A probe names a port that its container does not have", Severity.Error)
    {
        Reference = new("https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port"),
    };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Container((context, pod, container, places) =>
    {
        List<string>? names = null;
        foreach (var (user, what, port) in Uses(pod, container))
        {
            if (port is not YamlScalar { Type: YamlScalarType.String } name || !Template.IsPlain(name) || PortNumbers.Parse(name) is not null)
            {
                continue;
            }

            names ??= [.. container.Ports().Select(item => item.Name?.Value).OfType<string>()];
            if (names.Contains(name.Value) || names.Exists(Template.IsIn) || (pod.IsFromChart && names.Count == 0) || !places.Add(name))
            {
                continue;
            }

            var nearest = NearestName.Find(name.Value, names);
            context.Report(
                name,
                $"The {user} {what} of the container '{container.Name}' asks for the port '{name.Value}', which the container does not have, so it always fails",
                nearest is not null ? $"Did you mean '{nearest}'?"
                : names.Count > 0 ? $"Its ports are {string.Join(", ", names.Select(port => $"'{port}'"))}"
                : "Name a port of the container so, or write the port's number");
        }
    });

    private static IEnumerable<(string User, string What, YamlNode? Port)> Uses(WorkloadPod pod, PodContainer container)
    {
        foreach (var probe in Probes)
        {
            // The library's own probes take their port from the service; those with `custom` stand in `spec`.
            var handler = !pod.IsFromChart ? container.Fields.Get(probe + "Probe")
                : container.Fields.GetTrue("probes", probe, "enabled") is not null && container.Fields.GetTrue("probes", probe, "custom") is not null ? container.Fields.Get("probes", probe, "spec")
                : null;
            if (handler is not null)
            {
                yield return (probe, "probe", handler.Get("httpGet", "port"));
                yield return (probe, "probe", handler.Get("tcpSocket", "port"));
            }
        }

        foreach (var hook in Hooks)
        {
            yield return (hook, "hook", container.Fields.Get("lifecycle", hook, "httpGet", "port"));
            yield return (hook, "hook", container.Fields.Get("lifecycle", hook, "tcpSocket", "port"));
        }
    }
}
