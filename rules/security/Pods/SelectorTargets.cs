using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>What selectors select in a cluster.</summary>
internal static class SelectorTargets
{
    /// <summary>Reports the objects of a kind whose selector of pods selects none.</summary>
    /// <param name="context">The cluster.</param>
    /// <param name="group">The API group.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="field">The field of the spec with the selector.</param>
    /// <param name="consequence">What comes of it, behind "selects no pod, so".</param>
    /// <param name="help">What to write.</param>
    public static void ReportUnmatched(GraphContext context, string group, string kind, string field, string consequence, string help)
    {
        foreach (var item in context.Cluster.Knowledge.OfKind(group, kind))
        {
            if (item.Object.Spec?.Find(field) is { Value: var selector } entry
                && !Labels.IsEverything(selector)
                && FindUnselected(context.Cluster, item, selector.Get("matchLabels") as YamlMapping, labels => Labels.Select(selector, labels)) is { } pod)
            {
                context.Report(entry.Key, $"The {kind} '{item.Object.Name}' selects no pod, so {consequence}", help, [LabelsOf(pod)], about: item.Id);
            }
        }
    }

    /// <summary>
    /// The pods that make it certain that a selector selects nothing; null where it selects some, or may. Certain is it where the
    /// selector's own build has a workload in the namespace and nothing there comes from elsewhere, or where that workload has the name of
    /// what selects, and is what was meant.
    /// </summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="owner">What selects.</param>
    /// <param name="wanted">Labels that each selected pod has; null where none are named.</param>
    /// <param name="selects">Whether labels are selected; null where that is not known.</param>
    public static WorkloadPod? FindUnselected(FluxCluster cluster, EffectiveObject owner, YamlMapping? wanted, Func<YamlMapping?, bool?> selects)
    {
        var workloads = cluster.Workloads;
        var ns = owner.Object.Namespace;
        var own = workloads.Of(owner.Producer, ns);
        if (MaySelect(own, selects))
        {
            return null;
        }

        WorkloadPod? twin = null;
        WorkloadPod? neighbour = null;
        foreach (var pod in own)
        {
            if (!pod.IsFromChart)
            {
                neighbour ??= pod;
                twin ??= pod.Owner.Name == owner.Object.Name ? pod : null;
            }
        }

        // Without a pod of its own build nothing is certain, whatever others have.
        if (neighbour is null
            || (wanted is not null && Labels.FindPlain(wanted) is var (key, value)
                ? MaySelect(workloads.Labelled(ns, key, value), selects) || MaySelect(workloads.Untold(ns, key), selects)
                : MaySelect(workloads.In(ns), selects)))
        {
            return null;
        }

        return twin ?? (workloads.MayHoldOthers(ns) ? null : neighbour);
    }

    private static bool MaySelect(IReadOnlyList<WorkloadPod> pods, Func<YamlMapping?, bool?> selects)
    {
        for (var i = 0; i < pods.Count; i++)
        {
            if (!pods[i].IsFromChart && selects(pods[i].Labels) != false)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The place of a pod's labels, for a finding about what does not select them.</summary>
    public static RelatedLocation LabelsOf(WorkloadPod pod) => pod.Labels is { } labels
        ? new RelatedLocation(labels.Location, $"The pods of {pod.DisplayName} have {Labels.Describe(labels)}")
        : new RelatedLocation((pod.Owner.Root.Get("metadata", "name") ?? pod.Owner.Root).Location, $"The pods of {pod.DisplayName} have no labels");
}
