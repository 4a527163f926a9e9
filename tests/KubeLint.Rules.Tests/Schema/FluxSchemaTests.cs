using System.Text.Json;

using KubeLint.Rules.Schema;
using KubeLint.Schema;
using KubeLint.Testing;

namespace KubeLint.Rules.Tests.Schema;

/// <summary>The schemas of Flux kinds say what Flux's own say.</summary>
public sealed class FluxSchemaTests
{
    [SkippableFact]
    public void Each_kind_of_Flux_has_the_fields_types_words_and_limits_of_its_own_schema()
    {
        var differences = new List<string>();
        var seen = new HashSet<(string, string)>();
        foreach (var path in Directory.EnumerateFiles(TestPaths.Shared("schemas"), "*.json", SearchOption.AllDirectories))
        {
            var group = Path.GetFileName(Path.GetDirectoryName(path))!;
            var parts = Path.GetFileNameWithoutExtension(path).Split('_');
            var id = BuiltInSchemas.Flux.Kinds.Single(kind => kind.ApiVersion == $"{group}/{parts[1]}" && kind.Kind.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
            seen.Add(id);
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            Compare(json.RootElement, BuiltInSchemas.Find(id.ApiVersion, id.Kind)!, id.Kind, differences);
        }

        differences.ShouldBeEmpty();
        BuiltInSchemas.Flux.Kinds.Except(seen).ShouldBeEmpty();
    }

    private static void Compare(JsonElement expected, ValueSchema actual, string path, List<string> differences)
    {
        actual = actual.Actual;
        void Check<T>(string what, T should, T present)
        {
            if (!EqualityComparer<T>.Default.Equals(should, present))
            {
                differences.Add($"{path}: {what} is {present}, not {should}");
            }
        }

        Check("type", TypeOf(expected), actual.Types);
        Check("pattern", Text(expected, "pattern"), actual.Pattern);
        Check("enum", Joined(expected, "enum"), string.Join(',', actual.Values));
        Check("minimum", Number(expected, "minimum"), actual.Minimum);
        Check("maximum", Number(expected, "maximum"), actual.Maximum);
        Check("least", (int)(Number(expected, "minLength") ?? Number(expected, "minItems") ?? 0), actual.MinLength);
        Check("most", (int?)(Number(expected, "maxLength") ?? Number(expected, "maxItems")), actual.MaxLength);
        Check("required", Joined(expected, "required"), string.Join(',', actual.Required.Order(StringComparer.Ordinal)));
        Check("keys", Joined(expected, "x-kubernetes-list-map-keys"), string.Join(',', actual.ListKeys));
        if (expected.TryGetProperty("properties", out var properties))
        {
            Check("fields", string.Join(',', properties.EnumerateObject().Select(item => item.Name).Append("status").Distinct().Order(StringComparer.Ordinal)
                .Where(name => name != "status" || actual.Fields?.ContainsKey(name) == true)), string.Join(',', (actual.Fields?.Keys ?? []).Order(StringComparer.Ordinal)));
            foreach (var property in properties.EnumerateObject())
            {
                // Each object has its metadata, and controllers write the status.
                if (property.Name is not ("metadata" or "status") || path.Contains('.', StringComparison.Ordinal))
                {
                    Compare(property.Value, actual.Fields![property.Name].Schema, $"{path}.{property.Name}", differences);
                }
            }
        }

        if (expected.TryGetProperty("items", out var items))
        {
            Compare(items, actual.Items!, $"{path}[]", differences);
        }

        if (expected.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
        {
            Compare(others, actual.Others!, $"{path}{{}}", differences);
        }
        else if (others.ValueKind == JsonValueKind.False)
        {
            Check("closed", true, actual.IsClosed);
        }
    }

    private static ValueTypes TypeOf(JsonElement schema) => Text(schema, "type") switch
    {
        "string" => ValueTypes.String,
        "integer" => ValueTypes.Integer,
        "number" => ValueTypes.Number,
        "boolean" => ValueTypes.Boolean,
        "array" => ValueTypes.Array,
        "object" => ValueTypes.Object,
        _ => schema.TryGetProperty("properties", out _) ? ValueTypes.Object : ValueTypes.Any,
    };

    private static string? Text(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string Joined(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? string.Join(',', name == "required" ? list.EnumerateArray().Select(item => item.GetString()).Order(StringComparer.Ordinal) : list.EnumerateArray().Select(item => item.GetString())) : "";
}
