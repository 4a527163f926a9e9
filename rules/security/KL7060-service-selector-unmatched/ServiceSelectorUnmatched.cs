using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports Services that select no pod.</summary>
public sealed class ServiceSelectorUnmatched : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL7060", "service-selector-unmatched", "A Service selects no pod", Severity.Warning)
    {
        Reference = new("https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service"),
    };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var service in context.Cluster.Knowledge.OfKind("", "Service"))
        {
            if (service.Object.Spec?["selector"] is YamlMapping { Entries.IsEmpty: false } selector
                && SelectorTargets.FindUnselected(context.Cluster, service, selector, labels => Labels.Match(selector, labels)) is { } pod)
            {
                context.Report(
                    AtFault(selector, pod.Labels),
                    $"The Service '{service.Object.Name}' selects no pod ({Labels.Describe(selector)}), so nothing answers behind it",
                    "Write labels that the pods have",
                    [SelectorTargets.LabelsOf(pod)],
                    about: service.Id);
            }
        }
    });

    // The first requirement that the pods meant do not meet.
    private static YamlNode AtFault(YamlMapping selector, YamlMapping? labels)
    {
        foreach (var entry in selector.EffectiveEntries())
        {
            if (entry.Name is { } key && entry.Value.Resolved is YamlScalar value && (labels?[key] as YamlScalar)?.Value != value.Value)
            {
                return labels?[key] is null ? entry.Key : value;
            }
        }

        return selector;
    }
}
