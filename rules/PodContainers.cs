using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules;

/// <summary>The containers of Kubernetes' own workloads.</summary>
internal static class PodContainers
{
    private static readonly string[] Lists = ["containers", "initContainers", "ephemeralContainers"];

    /// <summary>The pod of a workload, with its metadata; null for other objects.</summary>
    public static YamlMapping? Pod(KubernetesObject item) => (item.Group, item.Kind) switch
    {
        ("apps", "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet") or ("batch", "Job") or ("", "ReplicationController") => item.Root.Get("spec", "template")?.AsMapping(),
        ("batch", "CronJob") => item.Root.Get("spec", "jobTemplate", "spec", "template")?.AsMapping(),
        ("", "Pod") => item.Root,
        _ => null,
    };

    /// <summary>The containers of a workload, of all kinds; none for other objects.</summary>
    public static IEnumerable<YamlMapping> Of(KubernetesObject item)
    {
        if (Pod(item) is not { } pod)
        {
            yield break;
        }

        foreach (var list in Lists)
        {
            foreach (var container in pod.Get("spec", list)?.AsSequence()?.Items ?? [])
            {
                if (container.AsMapping() is { } mapping)
                {
                    yield return mapping;
                }
            }
        }
    }
}
