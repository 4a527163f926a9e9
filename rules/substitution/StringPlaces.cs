using KubeLint.Flux;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>A node where Kubernetes takes a string only.</summary>
/// <param name="Sort">The sort of place: <c>annotation</c>; all of it for one without a key.</param>
/// <param name="Key">The key; null for one without.</param>
/// <param name="Node">The value.</param>
/// <param name="IsJudgedAsWritten">Whether a rule of this family judges it as it is written, too, not only what substitution makes of it.</param>
internal readonly record struct StringPlace(string Sort, string? Key, YamlNode Node, bool IsJudgedAsWritten = false)
{
    /// <summary>What it is, with its key: <c>the annotation 'a/b'</c>.</summary>
    public string What => Key is null ? Sort : $"the {Sort} '{Key}'";
}

/// <summary>Finds the places of objects where Kubernetes takes a string only, and where people write numbers and booleans.</summary>
internal static class StringPlaces
{
    private const string Variable = "variable";

    /// <summary>Whether a rule of this family tells that a value is no string, so that no schema need.</summary>
    public static bool IsJudged(KubernetesObject item, YamlNode value)
    {
        foreach (var place in Of(item))
        {
            if (ReferenceEquals(place.Node, value.Resolved))
            {
                return place.IsJudgedAsWritten || value.Resolved.Derivation?.By == PostBuildSubstitution.By;
            }
        }

        return false;
    }

    /// <summary>The labels and annotations, ConfigMaps' data, variables of Flux Kustomizations, and what containers are given.</summary>
    public static IEnumerable<StringPlace> Of(KubernetesObject item)
    {
        foreach (var place in OfMetadata(item.Root["metadata"]))
        {
            yield return place;
        }

        var maps = (item.Group, item.Kind) switch
        {
            ("", "ConfigMap") => (item.Root["data"], "key"),
            ("", "Secret") => (item.Root["stringData"], "key"),
            (FluxGroups.Kustomize, "Kustomization") => (item.Root.Get("spec", "postBuild", "substitute"), Variable),
            _ => (null, ""),
        };
        foreach (var place in OfMap(maps.Item1, maps.Item2))
        {
            yield return place;
        }

        if (WorkloadPods.TemplateOf(item) is not { } pod)
        {
            yield break;
        }

        // A Pod's own metadata are told already.
        foreach (var place in ReferenceEquals(pod, item.Root) ? [] : OfMetadata(pod["metadata"]))
        {
            yield return place;
        }

        foreach (var container in WorkloadPods.ContainersOf(item))
        {
            foreach (var place in OfContainer(container))
            {
                yield return place;
            }
        }
    }

    /// <summary>The values of a container's environment that are written as such, with their names.</summary>
    public static IEnumerable<(string Name, YamlNode Value)> Environment(YamlMapping container)
    {
        foreach (var variable in container["env"]?.AsSequence()?.Items ?? [])
        {
            if (variable.Get("value") is { } value)
            {
                yield return (variable.GetString("name") ?? "", value);
            }
        }
    }

    private static IEnumerable<StringPlace> OfMetadata(YamlNode? metadata)
    {
        var labels = OfMap(metadata?.Get("labels"), "label");
        return metadata?.Get("annotations") is { } annotations ? labels.Concat(OfMap(annotations, "annotation")) : labels;
    }

    private static IEnumerable<StringPlace> OfMap(YamlNode? map, string sort) => map?.AsMapping() is { } mapping ? OfEntries(mapping, sort) : [];

    private static IEnumerable<StringPlace> OfEntries(YamlMapping mapping, string sort)
    {
        foreach (var entry in mapping.EffectiveEntries())
        {
            yield return new StringPlace(sort, entry.Name ?? "", entry.Value.Resolved, sort == Variable);
        }
    }

    private static IEnumerable<StringPlace> OfContainer(YamlMapping container)
    {
        foreach (var (name, value) in Environment(container))
        {
            yield return new StringPlace("environment variable", name, value, IsJudgedAsWritten: true);
        }

        foreach (var list in (string[])["command", "args"])
        {
            foreach (var word in container[list]?.AsSequence()?.Items ?? [])
            {
                yield return new StringPlace($"a word of `{list}`", null, word.Resolved);
            }
        }
    }
}
