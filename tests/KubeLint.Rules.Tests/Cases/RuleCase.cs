using System.Text;

using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests;

/// <summary>
/// A case of a rule: files that it must report (<c>bad-*</c>) or must not (<c>good-*</c>). Found in
/// <c>tests/fixtures/rules/&lt;id&gt;-&lt;name&gt;/</c>: a file, or a folder that is a whole repository. What its folder <c>.before</c> holds stood
/// there at the revision that the case is compared with.
/// </summary>
/// <param name="Rule">The rule's id and name: the folder.</param>
/// <param name="Name">The case's name, with the file's ending where it is one file.</param>
/// <param name="Files">The content by path within the case.</param>
public sealed record RuleCase(string Rule, string Name, IReadOnlyDictionary<string, byte[]> Files)
{
    private const string Before = ".before/";

    /// <summary>The rule's id.</summary>
    public string RuleId => Rule.Split('-')[0];

    /// <summary>What stands below <c>cluster/</c> in a live rule's case: what the API server holds, which is no part of the repository.</summary>
    public IReadOnlyDictionary<string, byte[]> Cluster { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>What stands below <c>registry/</c> in a case of a rule that asks registries: <c>absent.yaml</c>, the images that they have not, with their words.</summary>
    public IReadOnlyDictionary<string, byte[]> Registry { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Whether the rule must report something.</summary>
    public bool IsBad => Name.StartsWith("bad-", StringComparison.Ordinal);

    public static RuleCase Read(string rule, string name)
    {
        var path = TestPaths.Fixture("rules", rule, name);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (File.Exists(path))
        {
            files.Add(name, File.ReadAllBytes(path));
        }
        else
        {
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
            {
                files.Add(Path.GetRelativePath(path, file).Replace('\\', '/'), File.ReadAllBytes(file));
            }
        }

        return Split(rule, name, files);
    }

    /// <summary>A case of texts, such as a page's example.</summary>
    public static RuleCase Of(string rule, string name, params IEnumerable<(string Path, string Text)> files) =>
        Split(rule, name, files.ToDictionary(file => file.Path, file => Encoding.UTF8.GetBytes(file.Text), StringComparer.Ordinal));

    /// <summary>The case with each YAML file's bytes changed.</summary>
    public RuleCase With(Func<byte[], byte[]> change) =>
        this with { Files = Files.ToDictionary(file => file.Key, file => IsYaml(file.Key) ? change(file.Value) : file.Value, StringComparer.Ordinal) };

    /// <summary>The case with one file's text changed.</summary>
    public RuleCase With(string path, string text) =>
        this with { Files = Files.ToDictionary(file => file.Key, file => file.Key == path ? Encoding.UTF8.GetBytes(text) : file.Value, StringComparer.Ordinal) };

    /// <summary>Whether the case is compared with a revision.</summary>
    public bool HasBefore => Files.Keys.Any(IsBefore);

    /// <summary>The files in memory, at <see cref="TestRepository.Directory"/>.</summary>
    public OverlayFileSource ToSource() => new(Files.Where(file => !IsBefore(file.Key))
        .ToDictionary(file => $"{TestRepository.Directory}/{file.Key}", file => file.Value, StringComparer.Ordinal));

    /// <summary>The files as they were at the revision: those of <c>.before</c>, and the others where it has no file of the same path.</summary>
    public OverlayFileSource ToSourceBefore()
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (path, bytes) in Files.OrderBy(file => IsBefore(file.Key)))
        {
            files[$"{TestRepository.Directory}/{(IsBefore(path) ? path[Before.Length..] : path)}"] = bytes;
        }

        return new OverlayFileSource(files);
    }

    public override string ToString() => $"{Rule}/{Name}";

    private static bool IsBefore(string path) => path.StartsWith(Before, StringComparison.Ordinal);

    // A repository may have a folder of that name, so only the rules that look at a cluster have it.
    private static RuleCase Split(string rule, string name, Dictionary<string, byte[]> files)
    {
        var by = files.ToLookup(file => file.Key.StartsWith("cluster/", StringComparison.Ordinal) && rule.StartsWith("KL9", StringComparison.Ordinal) ? "cluster"
            : file.Key.StartsWith("registry/", StringComparison.Ordinal) && rule.StartsWith("KL1090", StringComparison.Ordinal) ? "registry"
            : "");
        Dictionary<string, byte[]> Part(string name) => by[name].ToDictionary(StringComparer.Ordinal);
        return new RuleCase(rule, name, Part("")) { Cluster = Part("cluster"), Registry = Part("registry") };
    }

    private static bool IsYaml(string path) => path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal);
}
