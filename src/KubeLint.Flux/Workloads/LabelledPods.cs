using KubeLint.Yaml;

namespace KubeLint.Flux.Workloads;

/// <summary>Pods by their labels: thousands of Services may ask which of thousands of pods of a namespace they select.</summary>
internal sealed class LabelledPods
{
    private readonly Dictionary<(string Namespace, string Key, string Value), List<WorkloadPod>> labelled = [];
    private readonly Dictionary<(string Namespace, string Key), List<WorkloadPod>> untold = [];

    public LabelledPods(IReadOnlyDictionary<string, List<WorkloadPod>> byNamespace)
    {
        foreach (var (ns, pods) in byNamespace)
        {
            foreach (var pod in pods)
            {
                if (!pod.IsFromChart && pod.Labels is { } labels)
                {
                    Add(ns, pod, labels);
                }
            }
        }
    }

    public IReadOnlyList<WorkloadPod> With(string ns, string key, string value) => labelled.TryGetValue((ns, key, value), out var pods) ? pods : [];

    public IReadOnlyList<WorkloadPod> Untold(string ns, string key) => untold.TryGetValue((ns, key), out var pods) ? pods : [];

    private void Add(string ns, WorkloadPod pod, YamlMapping labels)
    {
        // Of two equal keys the later counts, and a merged one only where there is no own.
        var keys = labels.EffectiveEntries().Select(entry => entry.Name).OfType<string>();
        foreach (var key in labels.Entries.Length > 1 ? keys.Distinct(StringComparer.Ordinal) : keys)
        {
            if (labels[key] is YamlScalar scalar)
            {
                Add(labelled, (ns, key, scalar.Value), pod);
                if (scalar.IsUnknown || scalar.Value.AsSpan().IndexOfAny('$', '{') >= 0)
                {
                    Add(untold, (ns, key), pod);
                }
            }
            else
            {
                Add(untold, (ns, key), pod);
            }
        }
    }

    private static void Add<TKey>(Dictionary<TKey, List<WorkloadPod>> index, TKey key, WorkloadPod pod)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var pods))
        {
            index.Add(key, pods = []);
        }

        pods.Add(pod);
    }
}
