using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Paths within a source's artifact.</summary>
public static class SourcePath
{
    /// <summary>
    /// The directory of a Flux Kustomization's <c>spec.path</c>: a leading <c>/</c> is harmless and <c>..</c> never leaves the root, as
    /// with the controller's SecureJoin (github.com/cyphar/filepath-securejoin).
    /// </summary>
    public static string Join(string root, string path)
    {
        var rest = path.AsSpan();
        rest = (rest.StartsWith("./") ? rest[2..] : rest).Trim('/');
        if (IsPlain(rest))
        {
            return $"{(root == "/" ? "" : root)}/{rest}";
        }

        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == "..")
            {
                if (parts.Count > 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                }
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? root : $"{(root == "/" ? "" : root)}/{string.Join('/', parts)}";
    }

    /// <summary>Whether a path is that of the root itself.</summary>
    public static bool IsRoot(string path) =>
        path.Contains("..", StringComparison.Ordinal) ? Join("/", path) == "/" : path.AsSpan().IndexOfAnyExcept('.', '/') < 0;

    // Names alone, each with one slash before the next.
    private static bool IsPlain(ReadOnlySpan<char> path)
    {
        foreach (var part in path.Split('/'))
        {
            if (path[part] is "" or "." or "..")
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a path is a directory or lies below it.</summary>
    public static bool IsWithin(string path, string directory) =>
        path == directory || directory == "/" || (path.Length > directory.Length && path[directory.Length] == '/' && path.StartsWith(directory, StringComparison.Ordinal));

    /// <summary>
    /// The root of the artifact in which a path lies: the repository's, or a directory on the way to the file that names
    /// the path (an OCI artifact of a subdirectory, a checkout within a directory). Null where the path is nowhere.
    /// </summary>
    public static string? FindRoot(IFileSource source, string repositoryRoot, string file, string path)
    {
        if (IsRoot(path))
        {
            return repositoryRoot;
        }

        var root = repositoryRoot;
        while (true)
        {
            if (source.DirectoryExists(Join(root, path)))
            {
                return root;
            }

            var next = IsWithin(file, root) && file.Length > root.Length + 1 ? file.IndexOf('/', root.Length + 1) : -1;
            if (next < 0)
            {
                return null;
            }

            root = file[..next];
        }
    }

    /// <summary>The directory of a path.</summary>
    public static string DirectoryOf(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "/";
}
