using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux.Workloads;

/// <summary>Finds the pods that objects make.</summary>
public static class WorkloadPods
{
    // The fields that say what a volume is (https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/).
    private static readonly (string Field, string? Target)[] VolumeTypes =
    [
        ("configMap", "name"), ("secret", "secretName"), ("persistentVolumeClaim", "claimName"), ("hostPath", "path"), ("emptyDir", null),
        ("projected", null), ("downwardAPI", null), ("csi", null), ("ephemeral", null), ("nfs", null), ("image", null), ("iscsi", null),
        ("cephfs", null), ("glusterfs", null), ("rbd", null), ("fc", null), ("azureFile", null), ("azureDisk", null), ("awsElasticBlockStore", null),
        ("gcePersistentDisk", null), ("gitRepo", null), ("cinder", null), ("flexVolume", null), ("flocker", null), ("vsphereVolume", null),
        ("quobyte", null), ("portworxVolume", null), ("scaleIO", null), ("storageos", null), ("photonPersistentDisk", null),
    ];

    /// <summary>The built-in kinds that make pods.</summary>
    public static ImmutableArray<(string Group, string Kind)> Kinds { get; } =
    [
        ("", "Pod"), ("", "ReplicationController"), ("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "DaemonSet"), ("apps", "ReplicaSet"),
        ("batch", "Job"), ("batch", "CronJob"),
    ];

    /// <summary>The pods of a workload; null for any other object, and for one without a pod.</summary>
    public static WorkloadPod? Of(KubernetesObject item) => IsWorkload(item) && item.Pods is [var pod] ? pod : null;

    /// <summary>The pods that the values in a HelmRelease itself tell; empty for a chart that is not known, and for any other object.</summary>
    public static ImmutableArray<WorkloadPod> OfWritten(KubernetesObject item) => item.Is(FluxGroups.Helm, "HelmRelease") ? item.Pods : [];

    /// <summary>What <see cref="Of(KubernetesObject)"/> and <see cref="OfWritten"/> tell.</summary>
    internal static ImmutableArray<WorkloadPod> Read(KubernetesObject item)
    {
        if (item.Is(FluxGroups.Helm, "HelmRelease"))
        {
            return Of(item, item.Spec?["values"] as YamlMapping);
        }

        if (TemplateOf(item) is not { } template || template["spec"]?.AsMapping() is not { } spec)
        {
            return [];
        }

        var pod = new WorkloadPod
        {
            Owner = item,
            DisplayName = $"{item.Kind} '{item.Name}'",
            Namespace = item.Namespace,
            Spec = new LayeredFields([spec], IsMerged: false),
            Containers = [.. Containers(spec, "initContainers", ContainerRole.Init), .. Containers(spec, "containers", ContainerRole.Main)],
            Volumes = [.. Volumes(spec)],
            Labels = template.Get("metadata", "labels")?.AsMapping(),
        };
        return [pod];
    }

    private static bool IsWorkload(KubernetesObject item) => (item.Group, item.Kind) switch
    {
        ("", "Pod" or "ReplicationController") => true,
        ("apps", "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet") => true,
        ("batch", "Job" or "CronJob") => true,
        _ => false,
    };

    /// <summary>The template of a workload's pods, with its metadata, the object itself for a Pod; null for any other object.</summary>
    public static YamlMapping? TemplateOf(KubernetesObject item) => (item.Group, item.Kind) switch
    {
        ("", "Pod") => item.Root,
        ("", "ReplicationController") or ("apps", "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet") or ("batch", "Job") => item.Root.Get("spec", "template")?.AsMapping(),
        ("batch", "CronJob") => item.Root.Get("spec", "jobTemplate", "spec", "template")?.AsMapping(),
        _ => null,
    };

    /// <summary>The containers of a workload as they are written, of all kinds, those without a name too; none for any other object.</summary>
    public static IEnumerable<YamlMapping> ContainersOf(KubernetesObject item)
    {
        if (TemplateOf(item)?["spec"] is not { } spec)
        {
            yield break;
        }

        foreach (var list in (string[])["containers", "initContainers", "ephemeralContainers"])
        {
            foreach (var container in spec.Get(list)?.AsSequence()?.Items ?? [])
            {
                if (container.AsMapping() is { } mapping)
                {
                    yield return mapping;
                }
            }
        }
    }

    /// <summary>The pods that the values of a HelmRelease tell; empty for a chart that is not known.</summary>
    /// <param name="release">The HelmRelease.</param>
    /// <param name="values">Its values.</param>
    public static ImmutableArray<WorkloadPod> Of(KubernetesObject release, YamlMapping? values) =>
        values is null ? [] : AppTemplatePods.Read(release, values);

    /// <summary>The namespace of what a HelmRelease makes, as it is written.</summary>
    public static string? NamespaceOf(KubernetesObject release) => release.Spec?.GetString("targetNamespace") ?? release.Namespace;

    /// <summary>The name of a HelmRelease's release: <c>.Release.Name</c> (https://fluxcd.io/flux/components/helm/helmreleases/#release-name).</summary>
    public static string NameOf(KubernetesObject release) =>
        release.Spec?.GetString("releaseName") ?? (release.Spec?.GetString("targetNamespace") is { } ns ? $"{ns}-{release.Name}" : release.Name ?? "");

    internal static PodVolume? Volume(string name, YamlNode nameNode, YamlMapping volume)
    {
        foreach (var (field, target) in VolumeTypes)
        {
            if (volume.Find(field) is { } entry)
            {
                var source = entry.Value.AsMapping();
                return new PodVolume(name, nameNode, field, entry.Key, source, target is null ? null : source?[target] as YamlScalar);
            }
        }

        return null;
    }

    private static IEnumerable<PodContainer> Containers(YamlMapping spec, string key, ContainerRole role)
    {
        foreach (var item in spec[key]?.AsSequence()?.Items ?? [])
        {
            if (item.AsMapping() is { } container && container["name"] is YamlScalar name)
            {
                yield return new PodContainer(name.Value, name, role, new LayeredFields([container], IsMerged: false));
            }
        }
    }

    private static IEnumerable<PodVolume> Volumes(YamlMapping spec)
    {
        foreach (var item in spec["volumes"]?.AsSequence()?.Items ?? [])
        {
            if (item.AsMapping() is { } volume && volume["name"] is YamlScalar name && Volume(name.Value, name, volume) is { } found)
            {
                yield return found;
            }
        }
    }
}
