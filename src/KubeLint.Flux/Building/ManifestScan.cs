using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// What Flux takes as resources of a directory without a kustomization file (scanManifests in kustomize_generator.go of github.com/fluxcd/pkg): all YAML
/// files below; a subdirectory with a kustomization file is one resource and is not entered, nor is a symbolic link to a directory.
/// </summary>
internal static class ManifestScan
{
    private const int MaxDepth = 64;

    /// <summary>The absolute paths of files and directories, in the order in which Flux lists them.</summary>
    /// <param name="source">The files.</param>
    /// <param name="directory">The absolute directory.</param>
    /// <param name="ignore">What the source leaves out; null where that is what Flux leaves out by itself.</param>
    public static List<string> Resources(IFileSource source, string directory, SourceIgnore? ignore = null)
    {
        var result = new List<string>();
        Add(source, directory, ignore, result, 0);
        return result;
    }

    private static void Add(IFileSource source, string directory, SourceIgnore? ignore, List<string> result, int depth)
    {
        foreach (var entry in Entries(source, directory))
        {
            var path = entry.Path;
            if (ignore is null ? SourceIgnore.IsDefault(path) : !entry.IsDirectory && ignore.IsLeftOut(path))
            {
                continue;
            }

            if (!entry.IsDirectory)
            {
                if (path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal))
                {
                    result.Add(path);
                }
            }
            else if (!entry.IsLink && depth < MaxDepth)
            {
                if (KustomizationReach.FindFile(source, path) is { } file && ignore?.IsLeftOut(file) != true)
                {
                    result.Add(path);
                }
                else
                {
                    Add(source, path, ignore, result, depth + 1);
                }
            }
        }
    }

    /// <summary>What a directory holds; nothing where it cannot be read.</summary>
    public static IReadOnlyList<DirectoryEntry> Entries(IFileSource source, string directory)
    {
        try
        {
            return source.Enumerate(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
