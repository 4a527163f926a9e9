using System.Collections.Concurrent;
using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Schema;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>The CRDs that clusters get: an object is judged by the one of its own cluster.</summary>
internal sealed class CustomDefinitions
{
    private readonly RepositoryModel model;
    private readonly Dictionary<(string Group, string Kind), List<KubernetesObject>> definitions = [];
    private readonly ConcurrentDictionary<(KubernetesObject, string), ValueSchema?> schemas = new();

    public CustomDefinitions(RepositoryModel model)
    {
        this.model = model;
        foreach (var item in model.Objects)
        {
            // What no cluster gets may be older than what the cluster has.
            if (item.Is("apiextensions.k8s.io", "CustomResourceDefinition") && item.Version == "v1" && !model.ProducersOf(item).IsEmpty
                && item.Root.GetString("spec", "group") is { } group && item.Root.GetString("spec", "names", "kind") is { } kind)
            {
                if (!definitions.TryGetValue((group, kind), out var list))
                {
                    definitions.Add((group, kind), list = []);
                }

                list.Add(item);
            }
        }
    }

    /// <summary>The CRD of an object; null where its cluster gets none.</summary>
    public KubernetesObject? Find(KubernetesObject item)
    {
        if (!definitions.TryGetValue((item.Group, item.Kind), out var list))
        {
            return null;
        }

        var clusters = model.ProducersOf(item).Select(producer => producer.Cluster).ToHashSet(StringComparer.Ordinal);
        if (clusters.Count == 0)
        {
            return list.Count == 1 ? list[0] : null;
        }

        return list.Find(definition => model.ProducersOf(definition).Any(producer => clusters.Contains(producer.Cluster)));
    }

    /// <summary>The schema of an object's version in its CRD; null where there is none.</summary>
    public ValueSchema? FindSchema(KubernetesObject item) =>
        Find(item) is { } definition ? schemas.GetOrAdd((definition, item.Version), static key => Read(key.Item1, key.Item2)) : null;

    /// <summary>The versions that a CRD serves.</summary>
    public static ImmutableArray<string> Served(KubernetesObject definition) =>
    [
        .. (definition.Root.Get("spec", "versions")?.AsSequence()?.Items ?? []).Where(version => version.Get("served")?.AsScalar()?.AsBoolean() != false)
            .Select(version => version.GetString("name")).OfType<string>(),
    ];

    private static ValueSchema? Read(KubernetesObject definition, string name)
    {
        foreach (var version in definition.Root.Get("spec", "versions")?.AsSequence()?.Items ?? [])
        {
            if (version.GetString("name") == name && version.Get("schema", "openAPIV3Schema") is YamlMapping schema)
            {
                return BuiltInSchemas.WithObjectFields(JsonSchemaReader.ReadStructural(schema));
            }
        }

        return null;
    }
}
