using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Schema;

/// <summary>A type out of an OpenAPI document that a kustomization supplies.</summary>
internal sealed class OpenApiMergeSchema : MergeSchema
{
    private const string ReferencePrefix = "#/definitions/";

    private readonly YamlMapping definition;
    private readonly YamlMapping definitions;

    private OpenApiMergeSchema(YamlMapping definition, YamlMapping definitions)
    {
        this.definition = definition;
        this.definitions = definitions;
        IsMergedList = Array.IndexOf((definition.GetString("x-kubernetes-patch-strategy") ?? string.Empty).Split(','), "merge") >= 0;
        MergeKeys = ReadMergeKeys(definition);
    }

    public override bool IsMergedList { get; }

    public override ImmutableArray<string> MergeKeys { get; }

    /// <summary>The type of a definition, references followed; null where there is none.</summary>
    public static OpenApiMergeSchema? Create(YamlNode? definition, YamlMapping definitions)
    {
        // A chain of references is at most as long as there are definitions; a longer one is a loop.
        for (var i = 0; i <= definitions.Entries.Length; i++)
        {
            if (definition?.AsMapping() is not { } mapping)
            {
                return null;
            }

            if (mapping.GetString("$ref") is not { } reference)
            {
                return new OpenApiMergeSchema(mapping, definitions);
            }

            definition = reference.StartsWith(ReferencePrefix, StringComparison.Ordinal)
                ? definitions[reference[ReferencePrefix.Length..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]
                : null;
        }

        return null;
    }

    public override MergeSchema? Field(string name) =>
        Create(definition.Get("properties", name) ?? definition["additionalProperties"], definitions);

    public override MergeSchema? Elements() =>
        definition.GetString("type") == "array" ? Create(definition["items"], definitions) : null;

    private static ImmutableArray<string> ReadMergeKeys(YamlMapping definition)
    {
        if (definition["x-kubernetes-list-map-keys"]?.AsSequence() is { } keys)
        {
            return [.. keys.Items.Select(item => item.AsScalar()?.Value).OfType<string>()];
        }

        return definition.GetString("x-kubernetes-patch-merge-key") is { } key ? [key] : [];
    }
}
