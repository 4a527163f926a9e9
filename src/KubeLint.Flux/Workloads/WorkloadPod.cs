using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux.Workloads;

/// <summary>The pods that a workload makes, alike whether an object tells them or the values of the app-template chart do.</summary>
public sealed class WorkloadPod
{
    /// <summary>The object: a workload, a Pod, or a HelmRelease.</summary>
    public required KubernetesObject Owner { get; init; }

    /// <summary>What makes the pods, in words: <c>Deployment 'web'</c>, <c>the controller 'web'</c>.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The pods' namespace as far as it is written; null for the one that is the default.</summary>
    public required string? Namespace { get; init; }

    /// <summary>The fields of the pod.</summary>
    public required LayeredFields Spec { get; init; }

    /// <summary>Its containers: those that run first come first.</summary>
    public required ImmutableArray<PodContainer> Containers { get; init; }

    /// <summary>Its volumes.</summary>
    public required ImmutableArray<PodVolume> Volumes { get; init; }

    /// <summary>The labels of the pods; null where a chart makes them.</summary>
    public YamlMapping? Labels { get; init; }

    /// <summary>Whether a chart makes the pods of values: what stands there is certain, what does not may still be in the pods.</summary>
    public bool IsFromChart { get; init; }

    /// <summary>Whether the pods run on Windows, where other rules hold.</summary>
    public bool IsWindows => Spec.GetScalar("os", "name")?.Value == "windows";
}

/// <summary>What a container is for.</summary>
public enum ContainerRole
{
    /// <summary>It runs while the pod does.</summary>
    Main,

    /// <summary>It runs before.</summary>
    Init,
}

/// <summary>A container of a pod.</summary>
/// <param name="Name">Its name.</param>
/// <param name="At">The node of its name.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Fields">Its fields.</param>
public sealed record PodContainer(string Name, YamlNode At, ContainerRole Role, LayeredFields Fields)
{
    /// <summary>The variables of its environment that it names, in order.</summary>
    public IEnumerable<EnvironmentVariable> Environment()
    {
        switch (Fields.Get("env"))
        {
            case YamlSequence list:
                foreach (var item in list.Items)
                {
                    if (item.AsMapping() is { } entry && entry["name"] is YamlScalar name)
                    {
                        yield return new EnvironmentVariable(name.Value, name, entry["value"] as YamlScalar, entry);
                    }
                }

                break;
            case YamlMapping map:
                foreach (var entry in map.EffectiveEntries())
                {
                    if (entry is { Name: { } name, IsMerge: false })
                    {
                        var value = entry.Value.Resolved;
                        yield return new EnvironmentVariable(name, entry.Key, (value as YamlScalar) ?? value.Get("value") as YamlScalar, value as YamlMapping);
                    }
                }

                break;
        }
    }

    /// <summary>The ports that it declares.</summary>
    public IEnumerable<ContainerPort> Ports()
    {
        foreach (var item in Fields.Get("ports")?.AsSequence()?.Items ?? [])
        {
            if (item.AsMapping() is { } port)
            {
                yield return new ContainerPort(port["name"] as YamlScalar, port["containerPort"] as YamlScalar, port.GetString("protocol") ?? "TCP");
            }
        }
    }
}

/// <summary>A variable of a container's environment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="NameNode">The node of its name.</param>
/// <param name="Value">Its value where it is written as one; null where it comes from elsewhere.</param>
/// <param name="Entry">What says where it comes from; null where there is only a value.</param>
public readonly record struct EnvironmentVariable(string Name, YamlNode NameNode, YamlScalar? Value, YamlMapping? Entry);

/// <summary>A port that a container declares.</summary>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="Number">Its number; null where none is written.</param>
/// <param name="Protocol">Its protocol.</param>
public readonly record struct ContainerPort(YamlScalar? Name, YamlScalar? Number, string Protocol);

/// <summary>A volume of a pod.</summary>
/// <param name="Name">Its name.</param>
/// <param name="NameNode">The node of its name.</param>
/// <param name="Type">The field that says what it is: <c>hostPath</c>, <c>configMap</c>, <c>nfs</c> …; empty where it is not known.</param>
/// <param name="TypeNode">The node that says so.</param>
/// <param name="Source">What the field holds; for values of a chart, the entry that says what it is.</param>
/// <param name="Target">The path on the node, or the name of the ConfigMap, Secret or claim; null where there is none.</param>
public sealed record PodVolume(string Name, YamlNode NameNode, string Type, YamlNode TypeNode, YamlMapping? Source, YamlScalar? Target)
{
    /// <summary>Whether the pod starts without what it names.</summary>
    public bool IsOptional => Source?["optional"] is YamlScalar optional && optional.AsBoolean() != false;
}
