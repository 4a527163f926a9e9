using System.Text.Json.Nodes;
using KubeLint.Testing;

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
            YamlJson.Encode(item);
        }

        return objects;
    }

    private static List<JsonObject> Parse(string name)
    {
        var path = Path.Combine(Directory, name + ".yaml");
        return [.. YamlJson.Documents(path, File.ReadAllText(path))];
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

    private static (string, string?, string) Identity(JsonObject item) =>
        (item["apiVersion"]!.GetValue<string>().Split('/')[0] + item["kind"]!.GetValue<string>(), item["metadata"]!["namespace"]?.GetValue<string>(), item["metadata"]!["name"]!.GetValue<string>());
}
