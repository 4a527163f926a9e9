namespace KubeLint.Yaml;

/// <summary>
/// Where files are read from: the disk, or text laid over it (an editor's unsaved buffers, standard input, a test's
/// repository). Paths are absolute and normalised, with <c>/</c>. Safe to use from several threads.
/// </summary>
public interface IFileSource
{
    /// <summary>Whether there is a regular file at the path; symbolic links are followed.</summary>
    bool FileExists(string path);

    /// <summary>Whether there is a directory at the path; symbolic links are followed.</summary>
    bool DirectoryExists(string path);

    /// <summary>The paths of the files and directories in a directory, in ordinal order; empty where it cannot be read.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>A file's size in bytes.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    long GetLength(string path);

    /// <summary>A file's bytes.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    byte[] ReadAllBytes(string path);
}

/// <summary>The files on disk.</summary>
public sealed class DiskFileSource : IFileSource
{
    /// <inheritdoc/>
    public bool FileExists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory)
    {
        try
        {
            var entries = Directory.GetFileSystemEntries(directory);
            for (var i = 0; i < entries.Length; i++)
            {
                entries[i] = entries[i].Replace('\\', '/');
            }

            Array.Sort(entries, StringComparer.Ordinal);
            return entries;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public long GetLength(string path) => new FileInfo(path).Length;

    /// <inheritdoc/>
    /// <remarks>A device or a pipe, to which a symbolic link in a repository may lead, counts as empty: reading it might never end.</remarks>
    public byte[] ReadAllBytes(string path) => GetLength(path) == 0 ? [] : File.ReadAllBytes(path);
}

/// <summary>Files held in memory, optionally laid over another source: unsaved text, standard input, a test's repository.</summary>
public sealed class OverlayFileSource : IFileSource
{
    private readonly IFileSource? below;
    private readonly IReadOnlyDictionary<string, byte[]> files;
    private readonly Dictionary<string, List<string>> directories = new(StringComparer.Ordinal);

    /// <summary>Files by absolute path, over those of <paramref name="below"/> where it is given.</summary>
    public OverlayFileSource(IReadOnlyDictionary<string, byte[]> files, IFileSource? below = null)
    {
        this.files = files;
        this.below = below;
        foreach (var path in files.Keys)
        {
            var child = path;
            for (var slash = child.LastIndexOf('/'); slash >= 0 && child.Length > 1; slash = child.LastIndexOf('/'))
            {
                var directory = slash == 0 ? "/" : child[..slash];
                if (directories.TryGetValue(directory, out var children))
                {
                    children.Add(child);
                    break;
                }

                directories.Add(directory, [child]);
                child = directory;
            }
        }

        foreach (var children in directories.Values)
        {
            children.Sort(StringComparer.Ordinal);
        }
    }

    /// <inheritdoc/>
    public bool FileExists(string path) => files.ContainsKey(path) || below?.FileExists(path) == true;

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => directories.ContainsKey(path) || below?.DirectoryExists(path) == true;

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory)
    {
        var listed = below?.List(directory) ?? [];
        if (!directories.TryGetValue(directory, out var children))
        {
            return listed;
        }

        if (listed.Count == 0)
        {
            return children;
        }

        var result = new SortedSet<string>(listed, StringComparer.Ordinal);
        result.UnionWith(children);
        return [.. result];
    }

    /// <inheritdoc/>
    public long GetLength(string path) => files.TryGetValue(path, out var bytes) ? bytes.Length : Below(path).GetLength(path);

    /// <inheritdoc/>
    public byte[] ReadAllBytes(string path) => files.TryGetValue(path, out var bytes) ? bytes : Below(path).ReadAllBytes(path);

    private IFileSource Below(string path) => below ?? throw new FileNotFoundException("There is no such file", path);
}
