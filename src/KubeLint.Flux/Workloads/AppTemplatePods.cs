using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux.Workloads;

/// <summary>
/// Reads the values of charts on bjw-s' common library, app-template above all, in its form since version 2
/// (https://bjw-s-labs.github.io/helm-charts/docs/common-library/): known by <c>controllers.*.containers</c>.
/// </summary>
internal static class AppTemplatePods
{
    public static ImmutableArray<WorkloadPod> Read(KubernetesObject release, YamlMapping values)
    {
        if (values["controllers"] is not YamlMapping controllers)
        {
            return [];
        }

        var pods = ImmutableArray.CreateBuilder<WorkloadPod>(1);
        foreach (var entry in controllers.EffectiveEntries())
        {
            if (entry is { Name: { } name, IsMerge: false } && entry.Value.Resolved is YamlMapping controller && controller["containers"] is YamlMapping && IsEnabled(controller))
            {
                pods.Add(Pod(release, values, name, controller));
            }
        }

        return pods.ToImmutable();
    }

    private static WorkloadPod Pod(KubernetesObject release, YamlMapping values, string name, YamlMapping controller) => new()
    {
        Owner = release,
        DisplayName = $"the controller '{name}'",
        Namespace = WorkloadPods.NamespaceOf(release),
        Spec = new LayeredFields(
            Present(controller["pod"], values["defaultPodOptions"]),
            IsMerged: values.GetString("defaultPodOptionsStrategy") == "merge"),
        Containers = [.. Containers(controller, "initContainers", ContainerRole.Init), .. Containers(controller, "containers", ContainerRole.Main)],
        Volumes = [.. Volumes(values, name)],
        IsFromChart = true,
    };

    private static IEnumerable<PodContainer> Containers(YamlMapping controller, string key, ContainerRole role)
    {
        var hasDefaults = role == ContainerRole.Main || controller["applyDefaultContainerOptionsToInitContainers"]?.AsScalar()?.AsBoolean() != false;
        var isMerged = controller.GetString("defaultContainerOptionsStrategy") == "merge";
        foreach (var entry in controller[key]?.AsMapping()?.EffectiveEntries() ?? [])
        {
            if (entry is { Name: { } name, IsMerge: false } && entry.Value.Resolved is YamlMapping container && IsEnabled(container))
            {
                var layers = Present(container, hasDefaults ? controller["defaultContainerOptions"] : null);
                yield return new PodContainer(name, entry.Key, role, new LayeredFields(layers, isMerged));
            }
        }
    }

    private static IEnumerable<PodVolume> Volumes(YamlMapping values, string controller)
    {
        foreach (var entry in values["persistence"]?.AsMapping()?.EffectiveEntries() ?? [])
        {
            if (entry is not { Name: { } name, IsMerge: false } || entry.Value.Resolved is not YamlMapping item || !IsEnabled(item) || !IsMounted(item, controller))
            {
                continue;
            }

            var type = item["type"] as YamlScalar;
            var typeNode = (YamlNode?)type ?? entry.Key;
            switch (type?.Value ?? "persistentVolumeClaim")
            {
                case "custom":
                    if (item["volumeSpec"] is YamlMapping custom && WorkloadPods.Volume(name, entry.Key, custom) is { } volume)
                    {
                        yield return volume;
                    }

                    break;
                case "persistentVolumeClaim":
                    yield return new PodVolume(name, entry.Key, "persistentVolumeClaim", typeNode, item, item["existingClaim"] as YamlScalar);
                    break;
                case "hostPath":
                    yield return new PodVolume(name, entry.Key, "hostPath", typeNode, item, item["hostPath"] as YamlScalar);
                    break;
                case "configMap" or "secret" or "emptyDir" or "nfs" or "image":
                    yield return new PodVolume(name, entry.Key, type!.Value, typeNode, item, item["name"] as YamlScalar);
                    break;
            }
        }
    }

    // What names controllers in its `advancedMounts`, and has no mounts for all, is in their pods only.
    private static bool IsMounted(YamlMapping item, string controller) =>
        item["globalMounts"] is YamlSequence { Items.IsEmpty: false }
        || item["advancedMounts"] is not YamlMapping { Entries.IsEmpty: false } mounts
        || mounts[controller] is not null;

    private static bool IsEnabled(YamlMapping item) => item["enabled"] is not YamlScalar enabled || enabled.AsBoolean() == true;

    private static ImmutableArray<YamlMapping> Present(params ReadOnlySpan<YamlNode?> nodes)
    {
        var result = ImmutableArray.CreateBuilder<YamlMapping>(nodes.Length);
        foreach (var node in nodes)
        {
            if (node?.AsMapping() is { } mapping)
            {
                result.Add(mapping);
            }
        }

        return result.ToImmutable();
    }
}
