using System.Collections.Concurrent;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// What a source leaves out of its artifact: the patterns of <c>.sourceignore</c> files and of <c>spec.ignore</c>, which come last; without any,
/// what Flux leaves out by itself (https://fluxcd.io/flux/components/source/gitrepositories/#ignore). Safe to use from several threads.
/// </summary>
/// <param name="source">The files.</param>
/// <param name="root">The absolute directory that is the artifact's root.</param>
/// <param name="patterns">The source's <c>spec.ignore</c>; null where there is none.</param>
internal sealed class SourceIgnore(IFileSource source, string root, string? patterns)
{
    private const int MaxDepth = 64;
    private const long MaxFileBytes = 1024 * 1024;

    // As far as it is YAML or holds YAML (sourceignore in github.com/fluxcd/pkg).
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Defaults = new HashSet<string>(StringComparer.Ordinal)
    {
        ".git", ".github", ".circleci", ".travis.yml", ".gitlab-ci.yml", "appveyor.yml", ".drone.yml", "cloudbuild.yaml", "codeship-services.yml",
        "codeship-steps.yml", ".goreleaser.yml", ".sops.yaml", ".flux.yaml",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly ConcurrentDictionary<string, IgnoreRules?> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IgnoreRules> all = new(StringComparer.Ordinal);

    /// <summary>Whether Flux leaves out what has this name, where nobody says anything else.</summary>
    public static bool IsDefault(ReadOnlySpan<char> path) => Defaults.Contains(path[(path.LastIndexOf('/') + 1)..]);

    /// <summary>Whether a file is not in the artifact.</summary>
    public bool IsLeftOut(string path)
    {
        var directory = SourcePath.DirectoryOf(path);
        var rules = patterns is null ? RulesOf(directory)
            : all.GetOrAdd(directory, at => IgnoreRules.Create(root, patterns.Split('\n'), RulesOf(at)));
        return rules is null ? IsDefault(path) : rules.IsFileIgnored(path);
    }

    /// <summary>Whether anything of a directory is in the artifact: one without files is not.</summary>
    public bool Holds(string directory) => Holds(directory, 0);

    private bool Holds(string directory, int depth)
    {
        var entries = ManifestScan.Entries(source, directory);
        foreach (var entry in entries)
        {
            if (!entry.IsDirectory && !IsLeftOut(entry.Path))
            {
                return true;
            }
        }

        foreach (var entry in entries)
        {
            if (entry is { IsDirectory: true, IsLink: false } && depth < MaxDepth && !entry.Path.EndsWith("/.git", StringComparison.Ordinal) && Holds(entry.Path, depth + 1))
            {
                return true;
            }
        }

        return false;
    }

    private IgnoreRules? RulesOf(string directory) => known.GetOrAdd(directory, at =>
    {
        var above = at == root || !SourcePath.IsWithin(at, root) ? null : RulesOf(SourcePath.DirectoryOf(at));
        var file = $"{at}/.sourceignore";
        try
        {
            if (!source.FileExists(file))
            {
                return above;
            }

            using var content = source.Read(file, MaxFileBytes);
            return content.IsTooLong ? above : IgnoreRules.Create(at, content.Bytes, above);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return above;
        }
    });
}
