using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLint.Cluster.Live;

/// <summary>A JSON Schema of a custom resource's version.</summary>
/// <param name="Path">Where it belongs, relative and with forward slashes: <c>group/kind_version.json</c>, kind in lower case, as catalogues lay it out.</param>
/// <param name="Json">The schema.</param>
public sealed record ExportedSchema(string Path, string Json);

/// <summary>Makes JSON Schemas of what CustomResourceDefinitions say of their objects.</summary>
public static class SchemaExport
{
    private const int MostLevels = 100;
    private static readonly JsonSerializerOptions print = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schemas of all versions that are served and have one, in order of their paths.</summary>
    /// <param name="definitions">CustomResourceDefinitions of <c>apiextensions.k8s.io/v1</c>.</param>
    public static IReadOnlyList<ExportedSchema> From(IEnumerable<LiveObject> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        var schemas = new SortedDictionary<string, ExportedSchema>(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            var group = definition.Root.Text("spec", "group") ?? "";
            var kind = (definition.Root.Text("spec", "names", "kind") ?? "").ToLowerInvariant();
            foreach (var version in definition.Root.Items("spec", "versions"))
            {
                var name = version.Text("name") ?? "";

                // These come from a server and make a path.
                if (version.Flag("served") && IsName(group) && IsName(kind) && IsName(name) && version.At("schema", "openAPIV3Schema") is { ValueKind: JsonValueKind.Object } schema)
                {
                    var path = $"{group}/{kind}_{name}.json";
                    schemas[path] = new ExportedSchema(path, Root(schema).ToJsonString(print) + "\n");
                }
            }
        }

        return [.. schemas.Values];
    }

    private static bool IsName(string text) =>
        text.Length > 0 && text[0] != '.' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');

    private static JsonObject Root(JsonElement schema)
    {
        var root = Convert(schema, 0);
        if (root["properties"] is not JsonObject properties)
        {
            root["properties"] = properties = [];
        }

        AddIdentity(properties);
        return root;
    }

    // What every object has, whether its definition says so or not.
    private static void AddIdentity(JsonObject properties)
    {
        properties.TryAdd("apiVersion", new JsonObject { ["type"] = "string" });
        properties.TryAdd("kind", new JsonObject { ["type"] = "string" });
        properties["metadata"] = new JsonObject { ["type"] = "object" };
    }

    private static JsonObject Convert(JsonElement schema, int level)
    {
        var result = new JsonObject();
        if (schema.ValueKind != JsonValueKind.Object || level > MostLevels)
        {
            return result;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "properties" or "patternProperties" or "definitions" when keyword.Value.ValueKind == JsonValueKind.Object:
                    var properties = new JsonObject();
                    foreach (var property in keyword.Value.EnumerateObject())
                    {
                        properties[property.Name] = Convert(property.Value, level + 1);
                    }

                    result[keyword.Name] = properties;
                    break;
                case "items" or "additionalProperties" or "not" when keyword.Value.ValueKind == JsonValueKind.Object:
                    result[keyword.Name] = Convert(keyword.Value, level + 1);
                    break;
                case "allOf" or "anyOf" or "oneOf" when keyword.Value.ValueKind == JsonValueKind.Array:
                    result[keyword.Name] = new JsonArray([.. keyword.Value.EnumerateArray().Select(item => Convert(item, level + 1))]);
                    break;
                case "nullable":
                    break;
                default:
                    result[keyword.Name] = JsonNode.Parse(keyword.Value.GetRawText());
                    break;
            }
        }

        var isOpen = schema.Flag("x-kubernetes-preserve-unknown-fields");
        if (schema.Flag("x-kubernetes-embedded-resource"))
        {
            if (result["properties"] is not JsonObject embedded)
            {
                result["properties"] = embedded = [];
            }

            AddIdentity(embedded);
        }
        else if (schema.Flag("x-kubernetes-int-or-string") && !result.ContainsKey("anyOf"))
        {
            result.Remove("type");
            result["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" });
        }

        // The API server drops what a structural schema does not name, and refuses it where validation is strict.
        if (!isOpen && result["properties"] is JsonObject { Count: > 0 } && !result.ContainsKey("additionalProperties") && schema.Text("type") == "object")
        {
            result["additionalProperties"] = false;
        }

        if (schema.Flag("nullable") && schema.Text("type") is { } type)
        {
            result["type"] = new JsonArray(type, "null");
            if (result["enum"] is JsonArray values)
            {
                values.Add(null);
            }
        }

        return result;
    }
}
