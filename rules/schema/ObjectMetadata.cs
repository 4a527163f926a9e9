using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>The places of labels and annotations in objects.</summary>
internal static class ObjectMetadata
{
    private static readonly ImmutableArray<string[]> Places =
    [
        ["metadata"], ["spec", "template", "metadata"], ["spec", "jobTemplate", "metadata"], ["spec", "jobTemplate", "spec", "template", "metadata"], ["spec", "commonMetadata"],
    ];

    private static readonly ImmutableArray<string[]> Selectors =
    [
        ["spec", "selector", "matchLabels"], ["spec", "podSelector", "matchLabels"], ["spec", "template", "spec", "nodeSelector"], ["spec", "jobTemplate", "spec", "template", "spec", "nodeSelector"],
    ];

    /// <summary>The entries of <c>labels</c> or <c>annotations</c> of an object and of what it makes; those of selectors with the labels.</summary>
    public static ImmutableArray<YamlEntry> Entries(KubernetesObject item, string field)
    {
        var result = ImmutableArray<YamlEntry>.Empty;
        foreach (var place in Places)
        {
            Add(item.Root.Get(place)?.Get(field));
        }

        // What is called so in custom resources may be another thing.
        if (field == "labels" && item.Group is "apps" or "batch" or "policy" or "networking.k8s.io")
        {
            foreach (var place in Selectors)
            {
                Add(item.Root.Get(place));
            }
        }

        if (item.Is("", "Service"))
        {
            Add(field == "labels" ? item.Root.Get("spec", "selector") : null);
        }

        return result;

        void Add(YamlNode? node)
        {
            if (node is YamlMapping { IsUnknown: false } mapping)
            {
                result = result.AddRange(mapping.EffectiveEntries());
            }
        }
    }
}
