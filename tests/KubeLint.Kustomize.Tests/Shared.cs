using System.Text.Json;

using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Tests;

/// <summary>The cases and corpora of the shared folder; one row that skips where the folder is absent.</summary>
internal static class Shared
{
    private const string Absent = "(no shared folder)";

    /// <summary>The cases of kustomize's own suite.</summary>
    public static IEnumerable<string> Cases() => Folders("conformance", "kustomize");

    /// <summary>The corpora.</summary>
    public static IEnumerable<string> Corpora() => Folders("conformance", "corpora");

    /// <summary>Each directory of each corpus that kustomize builds.</summary>
    public static IEnumerable<(string Corpus, string Directory)> Builds() => Directories("builds");

    /// <summary>Each directory of each corpus that kustomize does not build.</summary>
    public static IEnumerable<(string Corpus, string Directory)> Failures() => Directories("fails");

    /// <summary>Builds a case.</summary>
    public static KustomizeResult BuildCase(string name)
    {
        var root = TestPaths.Shared("conformance", "kustomize", name, "in");
        var target = Path.Combine(root, File.ReadAllText(Path.Combine(root, "..", "target")).Trim());
        return new KustomizeBuilder(new YamlFileCache(new DiskFileSource(), root)).Build(target);
    }

    /// <summary>A builder over a corpus.</summary>
    public static KustomizeBuilder Builder(string corpus) => new(new YamlFileCache(new DiskFileSource(), TestPaths.Shared("corpora", corpus)));

    private static IEnumerable<string> Folders(params string[] parts) => TestPaths.SharedOrNull is { } shared
        ? Directory.GetDirectories(Path.Combine([shared, .. parts])).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)
        : [Absent];

    private static IEnumerable<(string Corpus, string Directory)> Directories(string field)
    {
        foreach (var corpus in Corpora())
        {
            if (corpus == Absent)
            {
                yield return (Absent, Absent);
                continue;
            }

            using var index = JsonDocument.Parse(File.ReadAllText(TestPaths.Shared("conformance", "corpora", corpus, "index.json")));
            var element = index.RootElement.GetProperty(field);
            var names = element.ValueKind == JsonValueKind.Array
                ? element.EnumerateArray().Select(item => item.GetString()!).ToList()
                : [.. element.EnumerateObject().Select(property => property.Name)];
            foreach (var name in names)
            {
                yield return (corpus, name);
            }
        }
    }
}
