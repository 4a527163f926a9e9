using KubeLint.Analysis;
using KubeLint.Rules;

namespace KubeLint.Dev;

/// <summary>The files of the repository that are made from the rules.</summary>
public static class GeneratedFiles
{
    private const string Pages = "docs/rules";

    // Written by hand; a test holds it to the rules.
    private const string Coverage = "coverage.md";

    /// <summary>Writes what has changed, and removes pages of rules that are gone.</summary>
    /// <param name="root">The repository's root.</param>
    /// <returns>The paths that changed.</returns>
    public static IReadOnlyList<string> Write(string root)
    {
        var stale = FindStale(root);
        var files = Make();
        foreach (var path in stale)
        {
            var full = Path.Combine(root, path);
            if (files.TryGetValue(path, out var content))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                File.WriteAllText(full, content);
            }
            else
            {
                File.Delete(full);
            }
        }

        return stale;
    }

    /// <summary>The paths whose content is not what the rules say.</summary>
    /// <param name="root">The repository's root.</param>
    public static IReadOnlyList<string> FindStale(string root)
    {
        var files = Make();
        var present = Directory.Exists(Path.Combine(root, Pages))
            ? Directory.EnumerateFiles(Path.Combine(root, Pages), "*.md")
                .Where(path => Path.GetFileName(path) != Coverage).Select(path => $"{Pages}/{Path.GetFileName(path)}")
            : [];
        return
        [
            .. files.Where(file => !File.Exists(Path.Combine(root, file.Key)) || File.ReadAllText(Path.Combine(root, file.Key)) != file.Value)
                .Select(file => file.Key)
                .Concat(present.Where(path => !files.ContainsKey(path)))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static SortedDictionary<string, string> Make()
    {
        var catalog = new RuleCatalog(BuiltInRules.All);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["schemas/kubelint.schema.json"] = ConfigurationSchema.Create(catalog).ReplaceLineEndings("\n") + "\n",
            [$"{Pages}/README.md"] = RuleDocumentation.Index(catalog),
        };
        foreach (var rule in catalog.Rules)
        {
            files.Add($"{Pages}/{rule.Descriptor.Id}.md", RuleDocumentation.Page(rule, BuiltInRules.ReadPage(rule.Descriptor)));
        }

        return files;
    }
}
