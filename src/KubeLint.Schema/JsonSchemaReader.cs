using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Yaml;

namespace KubeLint.Schema;

/// <summary>
/// Reads JSON Schema, as YAML or JSON: the words that say what a value must be, up to draft 2020-12, with references into the same document, and those
/// of Kubernetes' CRDs. What it does not know allows everything. A part is read when a value is checked against it.
/// </summary>
public sealed class JsonSchemaReader
{
    private readonly YamlNode root;
    private readonly bool isStructural;

    private JsonSchemaReader(YamlNode root, bool isStructural)
    {
        this.root = root;
        this.isStructural = isStructural;
    }

    /// <summary>Reads a JSON Schema: a mapping may have other fields where the schema does not forbid them.</summary>
    public static ValueSchema Read(YamlNode schema) => new JsonSchemaReader(schema, isStructural: false).ReadPart(schema);

    /// <summary>Reads a CRD's <c>openAPIV3Schema</c>: a mapping has no other fields where the schema does not allow them.</summary>
    public static ValueSchema ReadStructural(YamlNode schema) => new JsonSchemaReader(schema, isStructural: true).ReadPart(schema);

    private ValueSchema Later(YamlNode? schema) => schema is null ? ValueSchema.Anything : new ValueSchema(() => ReadPart(schema));

    private ValueSchema ReadPart(YamlNode node)
    {
        if (node.AsMapping() is not { } schema)
        {
            // "false" allows nothing, "true" everything.
            return node.AsScalar()?.AsBoolean() == false ? new ValueSchema { Not = ValueSchema.Anything } : ValueSchema.Anything;
        }

        if (schema.GetString("$ref") is { } reference)
        {
            return Resolve(reference) is { } target && !ReferenceEquals(target, node.Resolved) ? Later(target) : ValueSchema.Anything;
        }

        var isOpen = IsTrue(schema, "x-kubernetes-preserve-unknown-fields") || IsTrue(schema, "x-kubernetes-embedded-resource");
        var properties = schema["properties"]?.AsMapping();
        var others = schema["additionalProperties"];
        var isArray = schema["items"] is not null || schema["minItems"] is not null || schema["maxItems"] is not null;
        var allOf = ReadAll(schema, "allOf");
        if (schema["if"] is { } condition)
        {
            allOf = allOf.Add(new ValueSchema
            {
                AnyOf =
                [
                    new ValueSchema { AllOf = [Loose(condition), Loose(schema["then"])] },
                    new ValueSchema { Not = Loose(condition), AllOf = [Loose(schema["else"])] },
                ],
            });
        }

        return new ValueSchema
        {
            Types = TypesOf(schema),
            Format = schema.GetString("format") switch
            {
                "int32" => ValueFormat.Int32,
                "byte" => ValueFormat.Bytes,
                _ => ValueFormat.None,
            },
            Fields = properties?.EffectiveEntries().Where(entry => entry.Name is not null).DistinctBy(entry => entry.Name)
                .ToDictionary(entry => entry.Name!, entry => new SchemaField(Later(entry.Value)), StringComparer.Ordinal),
            Required = Strings(schema, "required"),
            IsClosed = !isOpen && (others is null ? isStructural && properties is not null : others.AsScalar()?.AsBoolean() == false && schema["patternProperties"] is null),
            Others = others?.AsMapping() is { } values ? Later(values) : null,
            Items = schema["items"] is { } items && items.AsSequence() is null ? Later(items) : null,
            ListKeys = schema.GetString("x-kubernetes-list-type") == "map" ? Strings(schema, "x-kubernetes-list-map-keys") : [],
            IsSet = schema.GetString("x-kubernetes-list-type") == "set" || IsTrue(schema, "uniqueItems"),
            Values = schema["const"]?.AsScalar() is { } constant ? [constant.Value] : Strings(schema, "enum"),
            Pattern = schema.GetString("pattern"),
            Minimum = Number(schema, "minimum") ?? Number(schema, "exclusiveMinimum"),
            Maximum = Number(schema, "maximum") ?? Number(schema, "exclusiveMaximum"),
            MinLength = (int)(Number(schema, isArray ? "minItems" : "minLength") ?? Number(schema, "minProperties") ?? 0),
            MaxLength = (int?)(Number(schema, isArray ? "maxItems" : "maxLength") ?? Number(schema, "maxProperties")),
            AllOf = allOf,
            AnyOf = ReadAll(schema, "anyOf"),
            OneOf = ReadAll(schema, "oneOf"),
            Not = schema["not"] is { } not ? Loose(not) : null,
            Description = schema.GetString("description"),
        };
    }

    // Within a combination, a CRD's schema only adds conditions.
    private ImmutableArray<ValueSchema> ReadAll(YamlMapping schema, string word) =>
        schema[word]?.AsSequence() is { } list ? [.. list.Items.Select(Loose)] : [];

    private ValueSchema Loose(YamlNode? schema) =>
        schema is null ? ValueSchema.Anything : isStructural ? new ValueSchema(() => new JsonSchemaReader(root, isStructural: false).ReadPart(schema)) : Later(schema);

    private static ValueTypes TypesOf(YamlMapping schema)
    {
        if (IsTrue(schema, "x-kubernetes-int-or-string"))
        {
            return ValueTypes.Integer | ValueTypes.String;
        }

        var types = schema["type"] switch
        {
            YamlScalar one => Parse(one.Value),
            YamlSequence several => several.Items.Aggregate(ValueTypes.Any, (sum, item) => sum | Parse(item.AsScalar()?.Value)),
            _ => ValueTypes.Any,
        };
        return types != ValueTypes.Any && IsTrue(schema, "nullable") ? types | ValueTypes.Null : types;
    }

    private static ValueTypes Parse(string? type) => type switch
    {
        "string" => ValueTypes.String,
        "integer" => ValueTypes.Integer,
        "number" => ValueTypes.Number,
        "boolean" => ValueTypes.Boolean,
        "object" => ValueTypes.Object,
        "array" => ValueTypes.Array,
        "null" => ValueTypes.Null,
        _ => ValueTypes.Any,
    };

    private YamlNode? Resolve(string reference)
    {
        if (!reference.StartsWith('#'))
        {
            return null;
        }

        YamlNode? node = root.Resolved;
        foreach (var step in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node?.AsMapping()?[name];
        }

        return node;
    }

    private static bool IsTrue(YamlMapping schema, string word) => schema[word]?.AsScalar()?.AsBoolean() == true;

    private static double? Number(YamlMapping schema, string word) =>
        schema[word] is YamlScalar { Type: YamlScalarType.Integer or YamlScalarType.Float } scalar
        && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ImmutableArray<string> Strings(YamlMapping schema, string word) =>
        schema[word]?.AsSequence() is { } list ? [.. list.Items.Select(item => item.AsScalar()).Where(scalar => scalar is { IsNull: false }).Select(scalar => scalar!.Value)] : [];
}
