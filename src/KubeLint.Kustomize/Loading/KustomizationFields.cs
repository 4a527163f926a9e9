using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Loading;

/// <summary>
/// The fields of a kustomization (https://github.com/kubernetes-sigs/kustomize, api/types), and the check that a file
/// holds no others and each with the right type: kustomize decodes strictly.
/// </summary>
internal static class KustomizationFields
{
    /// <summary>The fields of a selector of resources.</summary>
    public static ImmutableArray<KnownField> Selector { get; } =
        [new("group"), new("version"), new("kind"), new("name"), new("namespace"), new("annotationSelector"), new("labelSelector")];

    /// <summary>The fields of a field spec.</summary>
    public static ImmutableArray<KnownField> FieldSpec { get; } =
        [new("group"), new("version"), new("kind"), new("path"), new("create", FieldShape.Boolean)];

    /// <summary>The fields of an entry of <c>nameReference</c>.</summary>
    public static ImmutableArray<KnownField> NameReference { get; } =
        [new("group"), new("version"), new("kind"), new("fieldSpecs", FieldShape.ObjectList, FieldSpec)];

    private static readonly ImmutableArray<KnownField> Metadata =
        [new("name"), new("namespace"), new("labels", FieldShape.TextMap), new("annotations", FieldShape.TextMap)];

    private static readonly ImmutableArray<KnownField> PatchOptions =
        [new("allowNameChange", FieldShape.Boolean), new("allowKindChange", FieldShape.Boolean)];

    /// <summary>The fields of an entry of <c>patches</c>.</summary>
    public static ImmutableArray<KnownField> Patch { get; } =
        [new("path"), new("patch"), new("target", FieldShape.Object, Selector), new("options", FieldShape.Object, PatchOptions)];

    private static readonly ImmutableArray<KnownField> ReplacementOptions =
        [new("delimiter"), new("index", FieldShape.Integer), new("encoding"), new("create", FieldShape.Boolean)];

    private static readonly ImmutableArray<KnownField> ReplacementTarget =
    [
        new("select", FieldShape.Object, Selector), new("reject", FieldShape.ObjectList, Selector), new("fieldPaths", FieldShape.TextList),
        new("options", FieldShape.Object, ReplacementOptions),
    ];

    /// <summary>The fields of an entry of <c>replacements</c>.</summary>
    public static ImmutableArray<KnownField> Replacement { get; } =
    [
        new("path"), new("sourceValue"),
        new("source", FieldShape.Object,
        [
            new("group"), new("version"), new("kind"), new("name"), new("namespace"), new("fieldPath"),
            new("options", FieldShape.Object, ReplacementOptions),
        ]),
        new("targets", FieldShape.ObjectList, ReplacementTarget),
    ];

    /// <summary>The fields of an entry of <c>images</c>.</summary>
    public static ImmutableArray<KnownField> Image { get; } = [new("name"), new("newName"), new("tagSuffix"), new("newTag"), new("digest")];

    /// <summary>The fields of an entry of <c>replicas</c>.</summary>
    public static ImmutableArray<KnownField> Replica { get; } = [new("name"), new("count", FieldShape.Integer)];

    private static readonly ImmutableArray<KnownField> GeneratorOptions =
    [
        new("labels", FieldShape.TextMap), new("annotations", FieldShape.TextMap), new("disableNameSuffixHash", FieldShape.Boolean),
        new("immutable", FieldShape.Boolean),
    ];

    /// <summary>The fields of an entry of <c>configMapGenerator</c>.</summary>
    public static ImmutableArray<KnownField> ConfigMap { get; } =
    [
        new("namespace"), new("name"), new("behavior"), new("literals", FieldShape.TextList), new("files", FieldShape.TextList),
        new("envs", FieldShape.TextList), new("env"), new("options", FieldShape.Object, GeneratorOptions),
    ];

    /// <summary>The fields of an entry of <c>secretGenerator</c>.</summary>
    public static ImmutableArray<KnownField> Secret { get; } = [.. ConfigMap, new("type")];

    /// <summary>The fields of <c>sortOptions</c>.</summary>
    public static ImmutableArray<KnownField> SortOptions { get; } =
    [
        new("order"),
        new("legacySortOptions", FieldShape.Object, [new("orderFirst", FieldShape.TextList), new("orderLast", FieldShape.TextList)]),
    ];

    private static readonly ImmutableArray<KnownField> Var =
    [
        new("name"),
        new("objref", FieldShape.Object, [new("apiVersion"), new("group"), new("version"), new("kind"), new("name"), new("namespace")]),
        new("fieldref", FieldShape.Object, [new("fieldPath")]),
    ];

    private static readonly ImmutableArray<KnownField> Label =
    [
        new("pairs", FieldShape.TextMap), new("includeSelectors", FieldShape.Boolean), new("includeTemplates", FieldShape.Boolean),
        new("fields", FieldShape.ObjectList, FieldSpec),
    ];

    /// <summary>The fields of a kustomization.</summary>
    public static ImmutableArray<KnownField> Kustomization { get; } =
    [
        new("kind"), new("apiVersion"), new("metadata", FieldShape.Object, Metadata), new("openapi", FieldShape.TextMap),
        new("namePrefix"), new("nameSuffix"), new("namespace"), new("commonLabels", FieldShape.TextMap),
        new("labels", FieldShape.ObjectList, Label), new("commonAnnotations", FieldShape.TextMap),
        new("patchesStrategicMerge", FieldShape.TextList), new("patchesJson6902", FieldShape.ObjectList, Patch),
        new("patches", FieldShape.ObjectList, Patch), new("images", FieldShape.ObjectList, Image), new("imageTags", FieldShape.ObjectList, Image),
        new("replacements", FieldShape.ObjectList, Replacement), new("replicas", FieldShape.ObjectList, Replica),
        new("vars", FieldShape.ObjectList, Var), new("sortOptions", FieldShape.Object, SortOptions),
        new("resources", FieldShape.TextList), new("components", FieldShape.TextList), new("crds", FieldShape.TextList),
        new("bases", FieldShape.TextList), new("configMapGenerator", FieldShape.ObjectList, ConfigMap),
        new("secretGenerator", FieldShape.ObjectList, Secret), new("helmGlobals", FieldShape.Any), new("helmCharts", FieldShape.Any),
        new("helmChartInflationGenerator", FieldShape.Any), new("generatorOptions", FieldShape.Object, GeneratorOptions),
        new("configurations", FieldShape.TextList), new("generators", FieldShape.TextList), new("transformers", FieldShape.TextList),
        new("validators", FieldShape.TextList), new("buildMetadata", FieldShape.TextList),
    ];

    /// <summary>The fields of a transformer configuration file (<c>configurations</c>).</summary>
    public static ImmutableArray<KnownField> Configuration { get; } =
    [
        .. new[]
        {
            "namePrefix", "nameSuffix", "namespace", "commonLabels", "labels", "templateLabels", "commonAnnotations", "varReference", "images", "replicas",
        }.Select(name => new KnownField(name, FieldShape.ObjectList, FieldSpec)),
        new("nameReference", FieldShape.ObjectList, NameReference),
    ];

    /// <summary>Checks a mapping against its fields; what is wrong is noted as errors.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="fields">The known fields.</param>
    /// <param name="strict">Whether unknown fields are errors.</param>
    /// <param name="context">Where problems go.</param>
    /// <returns>Whether all is right.</returns>
    public static bool Check(YamlMapping mapping, ImmutableArray<KnownField> fields, bool strict, BuildContext context)
    {
        var isRight = true;
        foreach (var entry in mapping.EffectiveEntries())
        {
            var name = entry.Name ?? "";
            if (Find(fields, name) is { } field)
            {
                isRight &= Check(entry.Value.Resolved, field, strict, context);
            }
            else if (strict)
            {
                context.Error(KustomizeProblemKind.InvalidField, entry.Key, $"Unknown field \"{name}\"");
                isRight = false;
            }
        }

        return isRight;
    }

    /// <summary>The value of a field; kustomize finds it in any case, the exact one first. Null where it is absent or null.</summary>
    public static YamlNode? Get(YamlMapping? mapping, string name)
    {
        if (mapping is null)
        {
            return null;
        }

        var node = mapping[name];
        if (node is null)
        {
            foreach (var entry in mapping.Entries)
            {
                if (string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    node = entry.Value.Resolved;
                }
            }
        }

        return Tree.IsMissing(node) ? null : node;
    }

    /// <summary>The text of a field; empty where there is none.</summary>
    public static string Text(YamlMapping? mapping, string name) => Get(mapping, name) is YamlScalar scalar ? scalar.Value : "";

    /// <summary>Whether a field is true.</summary>
    public static bool IsTrue(YamlMapping? mapping, string name) => Get(mapping, name) is YamlScalar scalar && scalar.AsBoolean() == true;

    /// <summary>The mapping in a field; null where there is none.</summary>
    public static YamlMapping? Object(YamlMapping? mapping, string name) => Get(mapping, name) as YamlMapping;

    /// <summary>The mappings in a list.</summary>
    public static IEnumerable<YamlMapping> Objects(YamlMapping? mapping, string name) => Items<YamlMapping>(mapping, name);

    /// <summary>The strings in a list.</summary>
    public static IEnumerable<YamlScalar> Texts(YamlMapping? mapping, string name) => Items<YamlScalar>(mapping, name);

    // Most fields are absent: only a list that is there is walked.
    private static IEnumerable<T> Items<T>(YamlMapping? mapping, string name)
        where T : YamlNode => Get(mapping, name) is YamlSequence list ? Items<T>(list) : [];

    private static IEnumerable<T> Items<T>(YamlSequence list)
        where T : YamlNode
    {
        foreach (var item in list.Items)
        {
            if (item.Resolved is T found)
            {
                yield return found;
            }
        }
    }

    private static KnownField? Find(ImmutableArray<KnownField> fields, string name)
    {
        foreach (var field in fields)
        {
            if (string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return field;
            }
        }

        return null;
    }

    private static bool Check(YamlNode value, KnownField field, bool strict, BuildContext context)
    {
        if (Tree.IsMissing(value))
        {
            return true;
        }

        switch (field.Shape)
        {
            case FieldShape.Text:
                return value is YamlScalar { Type: YamlScalarType.String } || Wrong(value, field.Name, "a string", context);
            case FieldShape.Boolean:
                return value is YamlScalar { Type: YamlScalarType.Boolean } || Wrong(value, field.Name, "true or false", context);
            case FieldShape.Integer:
                return value is YamlScalar { Type: YamlScalarType.Integer } || Wrong(value, field.Name, "a whole number", context);
            case FieldShape.TextMap:
                return value is YamlMapping map ? CheckValues(map, field, context) : Wrong(value, field.Name, "a mapping", context);
            case FieldShape.TextList:
                return value is YamlSequence list ? CheckItems(list, field, context) : Wrong(value, field.Name, "a list", context);
            case FieldShape.Object:
                return value is YamlMapping mapping ? Check(mapping, field.Fields, strict, context) : Wrong(value, field.Name, "a mapping", context);
            case FieldShape.ObjectList:
                return value is YamlSequence objects ? CheckObjects(objects, field, strict, context) : Wrong(value, field.Name, "a list", context);
            default:
                return true;
        }
    }

    private static bool CheckValues(YamlMapping map, KnownField field, BuildContext context)
    {
        var isRight = true;
        foreach (var entry in map.EffectiveEntries())
        {
            if (entry.Value.Resolved is not YamlScalar { Type: YamlScalarType.String or YamlScalarType.Null })
            {
                isRight = Wrong(entry.Value.Resolved, $"{field.Name}.{entry.Name}", "a string", context);
            }
        }

        return isRight;
    }

    private static bool CheckItems(YamlSequence list, KnownField field, BuildContext context)
    {
        var isRight = true;
        foreach (var item in list.Items)
        {
            if (item.Resolved is not YamlScalar { Type: YamlScalarType.String or YamlScalarType.Null })
            {
                isRight = Wrong(item.Resolved, field.Name, "a list of strings", context);
            }
        }

        return isRight;
    }

    private static bool CheckObjects(YamlSequence list, KnownField field, bool strict, BuildContext context)
    {
        var isRight = true;
        foreach (var item in list.Items)
        {
            isRight &= item.Resolved is YamlMapping mapping ? Check(mapping, field.Fields, strict, context)
                : Tree.IsMissing(item.Resolved) || Wrong(item.Resolved, field.Name, "a list of mappings", context);
        }

        return isRight;
    }

    private static bool Wrong(YamlNode value, string field, string expected, BuildContext context)
    {
        var found = value switch
        {
            YamlMapping => "a mapping",
            YamlSequence => "a list",
            YamlScalar { Type: YamlScalarType.Boolean } => "a boolean",
            YamlScalar { Type: YamlScalarType.Integer or YamlScalarType.Float } => "a number",
            YamlScalar { Type: YamlScalarType.Null } => "null",
            _ => "a string",
        };
        context.Error(KustomizeProblemKind.InvalidField, value, $"Invalid kustomization: '{field}' must be {expected}, not {found}");
        return false;
    }
}
