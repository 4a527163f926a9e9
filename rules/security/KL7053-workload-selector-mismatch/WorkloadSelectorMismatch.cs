using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports workloads whose selector does not select their own pods, which the API server refuses.</summary>
public sealed class WorkloadSelectorMismatch : Rule
{
    private static readonly ImmutableArray<string> Kinds = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7053", "workload-selector-mismatch", "A workload's selector does not select its own pods", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        foreach (var kind in Kinds)
        {
            on.Object("apps", kind, context => Check(context, context.Object));
        }
    }

    private static void Check(ObjectContext context, KubernetesObject item)
    {
        if (WorkloadPods.Of(item) is not { } pod || item.Spec?["selector"] is not YamlMapping selector || Labels.Select(selector, pod.Labels) != false)
        {
            return;
        }

        var at = Find(selector, pod.Labels) ?? item.Spec.Find("selector")!.Value.Key;
        context.Report(
            at,
            $"The selector of {pod.DisplayName} does not select its own pods, so the API server refuses it: {(pod.Labels is null ? "they have no labels" : $"their labels are {Labels.Describe(pod.Labels)}")}",
            "Write the same labels in `spec.selector.matchLabels` and `spec.template.metadata.labels`",
            pod.Labels is { Location: var labels } ? [new RelatedLocation(labels, "The labels of the pods")] : []);
    }

    private static YamlNode? Find(YamlMapping selector, YamlMapping? labels)
    {
        foreach (var entry in selector["matchLabels"]?.AsMapping()?.EffectiveEntries() ?? [])
        {
            if (entry.Name is { } key && entry.Value.Resolved is YamlScalar value && (labels?[key] as YamlScalar)?.Value != value.Value)
            {
                return labels?[key] is null ? entry.Key : value;
            }
        }

        return null;
    }
}
