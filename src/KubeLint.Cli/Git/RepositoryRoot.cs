using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>Finds the git repository around a path.</summary>
internal static class RepositoryRoot
{
    /// <summary>The nearest folder at or above a path with a <c>.git</c>, which a worktree has as a file; null where there is none.</summary>
    /// <param name="source">Where files are.</param>
    /// <param name="path">The absolute, normalised path of a file or folder.</param>
    public static string? Find(IFileSource source, string path)
    {
        for (var directory = path; ; directory = directory[..Math.Max(1, directory.LastIndexOf('/'))])
        {
            var prefix = directory == "/" ? "" : directory;
            if (source.DirectoryExists($"{prefix}/.git") || source.FileExists($"{prefix}/.git"))
            {
                return directory;
            }

            if (directory.Length <= 1)
            {
                return null;
            }
        }
    }
}
