using System.Collections.Immutable;

using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Loading;

/// <summary>
/// Reads field specs from the OpenAPI definitions that <c>crds</c> names: fields marked with
/// <c>x-kubernetes-annotation</c>, <c>-label-selector</c>, <c>-identity</c> and <c>-object-ref-…</c>
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/crds/).
/// </summary>
internal static class CrdConfiguration
{
    /// <summary>The field specs.</summary>
    public static TransformerConfiguration Read(KustomizationFile file, BuildContext context)
    {
        var result = TransformerConfiguration.Empty;
        foreach (var path in KustomizationFields.Texts(file.Root, "crds"))
        {
            if (ConfigurationFile.Load(path, file, context) is not { } definitions)
            {
                continue;
            }

            foreach (var definition in definitions.EffectiveEntries())
            {
                if (definition.Name is { } name && Properties(definition.Value.Resolved) is { } properties
                    && properties.ContainsKey("kind") && properties.ContainsKey("apiVersion") && properties.ContainsKey("metadata"))
                {
                    var reader = new Reader(definitions, new GroupVersionKind("", "", name[(name.LastIndexOf('.') + 1)..]));
                    reader.Read(name, "", 0);
                    result = result.Merge(reader.Configuration(), out _);
                }
            }
        }

        return result;
    }

    private static YamlMapping? Properties(YamlNode? definition) =>
        KustomizationFields.Object(KustomizationFields.Object(definition?.AsMapping(), "Schema"), "properties");

    private sealed class Reader(YamlMapping definitions, GroupVersionKind type)
    {
        // Definitions may refer to each other in a circle.
        private const int MaxDepth = 50;

        private readonly List<FieldSpec> annotations = [];
        private readonly List<FieldSpec> labels = [];
        private readonly List<FieldSpec> prefixes = [];
        private readonly List<NameReference> references = [];

        public void Read(string name, string path, int depth)
        {
            if (depth > MaxDepth || Properties(definitions[name]) is not { } properties)
            {
                return;
            }

            foreach (var entry in properties.EffectiveEntries())
            {
                if (entry.Name is not { } property || entry.Value.AsMapping() is not { } schema)
                {
                    continue;
                }

                var field = path.Length == 0 ? property : $"{path}/{property}";
                AddIf(schema, "x-kubernetes-annotation", annotations, field);
                AddIf(schema, "x-kubernetes-label-selector", labels, field);
                AddIf(schema, "x-kubernetes-identity", prefixes, field);
                if (schema.GetString("x-kubernetes-object-ref-api-version") is { } version && schema.GetString("x-kubernetes-object-ref-kind") is { } kind)
                {
                    var key = schema.GetString("x-kubernetes-object-ref-name-key") ?? "name";
                    references.Add(new NameReference(new GroupVersionKind("", version, kind), [new FieldSpec(type, $"{field}/{key}", false)]));
                }

                if (schema.GetString("$ref") is { } reference)
                {
                    Read(reference, field, depth + 1);
                }
            }
        }

        public TransformerConfiguration Configuration() => new()
        {
            CommonAnnotations = [.. annotations],
            CommonLabels = [.. labels],
            NamePrefix = [.. prefixes],
            NameReferences = Merge(),
        };

        private ImmutableArray<NameReference> Merge() =>
            [.. references.GroupBy(reference => reference.Target).Select(group => new NameReference(group.Key, [.. group.SelectMany(one => one.Referrers)]))];

        private void AddIf(YamlMapping schema, string extension, List<FieldSpec> fields, string field)
        {
            if (schema.GetString(extension) is not null)
            {
                fields.Add(new FieldSpec(type, field, false));
            }
        }
    }
}
