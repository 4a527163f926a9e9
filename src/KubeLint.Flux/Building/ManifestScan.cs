using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// What Flux takes as resources of a directory without a kustomization file (scanManifests in kustomize_generator.go of github.com/fluxcd/pkg): all YAML
/// files below; a subdirectory with a kustomization file is one resource and is not entered, nor is a symbolic link to a directory.
/// </summary>
internal static class ManifestScan
{
    private const int MaxDepth = 64;

    // What a source leaves out of its artifact where nothing else is said, as far as it is YAML (sourceignore in github.com/fluxcd/pkg).
    private static readonly HashSet<string> Excluded = new(StringComparer.Ordinal)
    {
        ".git", ".github", ".circleci", ".travis.yml", ".gitlab-ci.yml", "appveyor.yml", ".drone.yml", "cloudbuild.yaml", "codeship-services.yml",
        "codeship-steps.yml", ".goreleaser.yml", ".sops.yaml", ".flux.yaml",
    };

    /// <summary>The absolute paths of files and directories, in the order in which Flux lists them.</summary>
    public static List<string> Resources(IFileSource source, string directory)
    {
        var result = new List<string>();
        Add(source, directory, result, 0);
        return result;
    }

    private static void Add(IFileSource source, string directory, List<string> result, int depth)
    {
        foreach (var entry in Entries(source, directory))
        {
            var path = entry.Path;
            if (Excluded.Contains(path[(path.LastIndexOf('/') + 1)..]))
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
                if (KustomizationReach.FindFile(source, path) is not null)
                {
                    result.Add(path);
                }
                else
                {
                    Add(source, path, result, depth + 1);
                }
            }
        }
    }

    private static IReadOnlyList<DirectoryEntry> Entries(IFileSource source, string directory)
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
