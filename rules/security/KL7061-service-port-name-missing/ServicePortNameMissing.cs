using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports Services whose named target port no pod of theirs has.</summary>
public sealed class ServicePortNameMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL7061", "service-port-name-missing", "A Service's target port is named as no port of its pods", Severity.Error)
    {
        Reference = new("https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports"),
    };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var service in ServicePorts.Of(context.Cluster))
        {
            if (service.Target is not { } target || PortNumbers.Parse(target) is not null || !Template.IsPlain(target) || service.Pods.Count == 0)
            {
                continue;
            }

            var names = service.PortsOfPods().Select(port => port.Name?.Value).OfType<string>().Distinct().ToList();
            if (names.Contains(target.Value) || names.Exists(Template.IsIn))
            {
                continue;
            }

            var nearest = NearestName.Find(target.Value, names);
            context.Report(
                target,
                $"The Service '{service.Owner.Object.Name}' sends to the port '{target.Value}', and no container of its pods has a port of that name",
                nearest is not null ? $"Did you mean '{nearest}'?"
                : names.Count > 0 ? $"The ports are {string.Join(", ", names.Select(name => $"'{name}'"))}"
                : "Name the port of the container so, or write its number",
                [service.PodsLocation()],
                about: service.Owner.Id);
        }
    });
}
