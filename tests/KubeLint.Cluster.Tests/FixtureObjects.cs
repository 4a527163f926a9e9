using System.Text;
using System.Text.Json.Nodes;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Cluster.Tests;

/// <summary>
/// The objects of a fixture: those of <c>_base.yaml</c>, over which the fixture's documents are laid by JSON merge patch, the object of the same
/// kind, namespace and name. <c>$delete</c> takes one away, <c>$replace</c> takes nothing over from the base.
/// </summary>
internal static class FixtureObjects
{
    public static readonly string Directory = Path.Combine(TestPaths.Root, "tests", "KubeLint.Cluster.Tests", "Fixtures");

    public static IEnumerable<string> Names =>
        System.IO.Directory.EnumerateFiles(Directory, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)!).Where(name => name != "_base").Order(StringComparer.Ordinal);

    public static string[] Expected(string name) =>
        File.ReadLines(Path.Combine(Directory, name + ".yaml")).First()["# expect:".Length..].Split(',', StringSplitOptions.TrimEntries);

    public static List<JsonObject> Load(string name)
    {
        var objects = Parse("_base");
        foreach (var patch in Parse(name))
        {
            var known = objects.FindIndex(item => Identity(item) == Identity(patch));
            var replace = patch.Remove("$replace");
            if (patch.Remove("$delete"))
            {
                objects.RemoveAt(known);
            }
            else if (known < 0 || replace)
            {
                objects.RemoveAll(item => Identity(item) == Identity(patch));
                objects.Add(patch);
            }
            else
            {
                Merge(objects[known], patch);
            }
        }

        foreach (var item in objects.Where(item => item["kind"]!.GetValue<string>() == "Secret"))
        {
            Encode(item);
        }

        return objects;
    }

    public static JsonNode? ToJson(YamlNode node)
    {
        switch (node.Resolved)
        {
            case YamlMapping mapping:
                var result = new JsonObject();
                foreach (var entry in mapping.EffectiveEntries())
                {
                    result[entry.Name!] = ToJson(entry.Value);
                }

                return result;
            case YamlSequence sequence:
                return new JsonArray([.. sequence.Items.Select(ToJson)]);
            case YamlScalar scalar:
                return scalar.Type switch
                {
                    YamlScalarType.Null => null,
                    YamlScalarType.Boolean => scalar.AsBoolean()!.Value,
                    YamlScalarType.Integer => long.Parse(scalar.Value, System.Globalization.CultureInfo.InvariantCulture),
                    YamlScalarType.Float => double.Parse(scalar.Value, System.Globalization.CultureInfo.InvariantCulture),
                    _ => scalar.Value,
                };
            default:
                throw new InvalidOperationException(node.ToString());
        }
    }

    private static List<JsonObject> Parse(string name)
    {
        var path = Path.Combine(Directory, name + ".yaml");
        var file = YamlParser.Parse(new SourceText(path, File.ReadAllText(path)));
        file.Problems.ShouldBeEmpty();
        return [.. file.Documents.Where(document => document.Root is not null).Select(document => (JsonObject)ToJson(document.Root!)!)];
    }

    internal static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is null)
            {
                target.Remove(key);
            }
            else if (value is JsonObject inner && target[key] is JsonObject below)
            {
                Merge(below, inner);
            }
            else
            {
                target[key] = value.DeepClone();
            }
        }
    }

    /// <summary>A Secret as the server keeps it: base64 in <c>data</c>. <c>AUTH(user:password)</c> stands for that pair in base64.</summary>
    private static void Encode(JsonObject secret)
    {
        var data = new JsonObject();
        foreach (var (key, value) in secret["stringData"]?.AsObject() ?? [])
        {
            var text = value!.GetValue<string>();
            while (text.IndexOf("AUTH(", StringComparison.Ordinal) is >= 0 and var at)
            {
                var end = text.IndexOf(')', at);
                text = text[..at] + Convert.ToBase64String(Encoding.UTF8.GetBytes(text[(at + 5)..end])) + text[(end + 1)..];
            }

            data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        }

        secret.Remove("stringData");
        secret["data"] = data;
    }

    private static (string, string?, string) Identity(JsonObject item) =>
        (item["apiVersion"]!.GetValue<string>().Split('/')[0] + item["kind"]!.GetValue<string>(), item["metadata"]!["namespace"]?.GetValue<string>(), item["metadata"]!["name"]!.GetValue<string>());
}
