using System.Collections.Frozen;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Schema;

/// <summary>The types that a build knows: the built-in ones, and those of the OpenAPI document that a kustomization names. Immutable.</summary>
public sealed class KubernetesSchema
{
    /// <summary>The value of <c>openapi: {version: …}</c> that kustomize 5.8.1 holds.</summary>
    public const string BuiltInVersion = "v1.21.2";

    private readonly bool usesBuiltIns;
    private readonly FrozenDictionary<(string ApiVersion, string Kind), YamlNode> supplied;
    private readonly YamlMapping? definitions;

    private KubernetesSchema(bool usesBuiltIns, FrozenDictionary<(string ApiVersion, string Kind), YamlNode> supplied, YamlMapping? definitions)
    {
        this.usesBuiltIns = usesBuiltIns;
        this.supplied = supplied;
        this.definitions = definitions;
    }

    /// <summary>The built-in types alone.</summary>
    public static KubernetesSchema BuiltIn { get; } = new(true, FrozenDictionary<(string ApiVersion, string Kind), YamlNode>.Empty, null);

    /// <summary>
    /// The types of an OpenAPI document (<c>openapi: {path: …}</c>): definitions with <c>x-kubernetes-group-version-kind</c>.
    /// kustomize then knows no others, but for the case that it had read the built-in ones before.
    /// </summary>
    /// <param name="document">The document's root; JSON or YAML.</param>
    /// <param name="keepsBuiltIns">Whether the built-in types stay known.</param>
    public static KubernetesSchema FromOpenApi(YamlMapping document, bool keepsBuiltIns)
    {
        var definitions = document["definitions"]?.AsMapping();
        var supplied = new Dictionary<(string ApiVersion, string Kind), YamlNode>();
        foreach (var entry in definitions?.EffectiveEntries() ?? [])
        {
            foreach (var type in entry.Value.Get("x-kubernetes-group-version-kind")?.AsSequence()?.Items ?? [])
            {
                var group = type.GetString("group");
                var version = type.GetString("version") ?? string.Empty;
                supplied[(string.IsNullOrEmpty(group) ? version : $"{group}/{version}", type.GetString("kind") ?? string.Empty)] = entry.Value;
            }
        }

        return new KubernetesSchema(keepsBuiltIns, supplied.ToFrozenDictionary(), definitions);
    }

    /// <summary>What is known of a kind for merging; null where nothing is: then lists are replaced.</summary>
    public MergeSchema? Find(string apiVersion, string kind)
    {
        if (supplied.TryGetValue((apiVersion, kind), out var definition))
        {
            return OpenApiMergeSchema.Create(definition, definitions!);
        }

        return usesBuiltIns ? BuiltInMergeSchema.Find(apiVersion, kind) : null;
    }
}
