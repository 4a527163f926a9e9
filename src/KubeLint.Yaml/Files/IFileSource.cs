using System.IO.Enumeration;

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

    /// <summary>What is in a directory, in ordinal order, with what is needed to walk it.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be read.</exception>
    IReadOnlyList<DirectoryEntry> Enumerate(string directory)
    {
        var paths = List(directory);
        var entries = new DirectoryEntry[paths.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new DirectoryEntry(paths[i], DirectoryExists(paths[i]), IsLink: false);
        }

        return entries;
    }

    /// <summary>The path with all symbolic links resolved; the path itself where it cannot be resolved.</summary>
    string RealPath(string path) => path;

    /// <summary>A file's size in bytes.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    long GetLength(string path);

    /// <summary>A file's bytes.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    byte[] ReadAllBytes(string path);

    /// <summary>A file's bytes, unless they are too many. Whoever asks disposes of them.</summary>
    /// <param name="path">The path.</param>
    /// <param name="limit">The number of bytes that are read at most.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    FileContent Read(string path, long limit)
    {
        var length = GetLength(path);
        return length > limit ? FileContent.TooLong(length) : new FileContent(ReadAllBytes(path));
    }
}

/// <summary>A file or directory in a directory.</summary>
/// <param name="Path">Its path.</param>
/// <param name="IsDirectory">Whether it is a directory, or a symbolic link to one.</param>
/// <param name="IsLink">Whether it is a symbolic link.</param>
public readonly record struct DirectoryEntry(string Path, bool IsDirectory, bool IsLink);

/// <summary>The files on disk.</summary>
public sealed class DiskFileSource : IFileSource
{
    /// <inheritdoc/>
    public bool FileExists(string path)
    {
        try
        {
            // For the framework a link that leads nowhere exists. What is no link is not asked for its target: that would be a call for each file.
            var file = new FileInfo(path);
            return file.Exists && (!IsLink(file) || file.ResolveLinkTarget(returnFinalTarget: true)?.Exists != false);
        }
        catch (IOException)
        {
            // A link that leads to itself.
            return false;
        }
    }

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
    public IReadOnlyList<DirectoryEntry> Enumerate(string directory)
    {
        var entries = LinuxFiles.TryEnumerate(directory, out var found) ? [.. found]
            : new FileSystemEnumerable<DirectoryEntry>(directory, ToEntry, new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }).ToArray();
        Array.Sort(entries, static (left, right) => string.CompareOrdinal(left.Path, right.Path));
        return entries;
    }

    /// <inheritdoc/>
    public string RealPath(string path)
    {
        // The framework resolves a link only where it is the last part of a path.
        const int MaxLinks = 64;
        var links = 0;
        try
        {
            var resolved = Path.GetPathRoot(path) ?? "";
            var rest = new Stack<string>(path[resolved.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
            while (rest.TryPop(out var part))
            {
                var next = Path.Combine(resolved, part);
                if (new FileInfo(next).LinkTarget is not { } target)
                {
                    resolved = next;
                    continue;
                }

                if (++links > MaxLinks)
                {
                    return path;
                }

                var full = Path.GetFullPath(target, resolved);
                resolved = Path.GetPathRoot(full) ?? "";
                foreach (var above in full[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
                {
                    rest.Push(above);
                }
            }

            return resolved.Replace('\\', '/');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    /// <inheritdoc/>
    public long GetLength(string path)
    {
        // The length of a link is that of its own text.
        var file = new FileInfo(path);
        return IsLink(file) ? ((FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file).Length : file.Length;
    }

    /// <inheritdoc/>
    /// <remarks>A device or a pipe, to which a symbolic link in a repository may lead, counts as empty: reading it might never end.</remarks>
    public byte[] ReadAllBytes(string path)
    {
        using var content = Read(path, Array.MaxLength);
        return content.IsTooLong ? throw new IOException($"The file has {content.Length:N0} bytes, which is too much") : content.Bytes.ToArray();
    }

    /// <inheritdoc cref="ReadAllBytes"/>
    public FileContent Read(string path, long limit)
    {
        if (LinuxFiles.TryOpen(path, out var opened))
        {
            using (opened)
            {
                return FileContent.Read(opened, limit);
            }
        }

        // Opening a pipe would wait for who writes to it, so the length is asked first.
        var length = GetLength(path);
        if (length == 0 || length > limit)
        {
            return length == 0 ? new FileContent([]) : FileContent.TooLong(length);
        }

        using var file = File.OpenHandle(path);
        return FileContent.Read(file, limit);
    }

    private static bool IsLink(FileInfo file) => file.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static DirectoryEntry ToEntry(ref FileSystemEntry entry) =>
        new(entry.ToFullPath().Replace('\\', '/'), entry.IsDirectory, entry.Attributes.HasFlag(FileAttributes.ReparsePoint));
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
    public IReadOnlyList<DirectoryEntry> Enumerate(string directory)
    {
        var entries = new SortedDictionary<string, DirectoryEntry>(StringComparer.Ordinal);
        if (below?.DirectoryExists(directory) == true)
        {
            foreach (var entry in below.Enumerate(directory))
            {
                entries[entry.Path] = entry;
            }
        }

        foreach (var child in directories.GetValueOrDefault(directory, []))
        {
            entries.TryAdd(child, new DirectoryEntry(child, directories.ContainsKey(child), IsLink: false));
        }

        return [.. entries.Values];
    }

    /// <inheritdoc/>
    public string RealPath(string path) => files.ContainsKey(path) || below is null ? path : below.RealPath(path);

    /// <inheritdoc/>
    public long GetLength(string path) => files.TryGetValue(path, out var bytes) ? bytes.Length : Below(path).GetLength(path);

    /// <inheritdoc/>
    public byte[] ReadAllBytes(string path) => files.TryGetValue(path, out var bytes) ? bytes : Below(path).ReadAllBytes(path);

    /// <inheritdoc/>
    public FileContent Read(string path, long limit) =>
        !files.TryGetValue(path, out var bytes) ? Below(path).Read(path, limit)
            : bytes.Length > limit ? FileContent.TooLong(bytes.Length)
            : new FileContent(bytes);

    private IFileSource Below(string path) => below ?? throw new FileNotFoundException("There is no such file", path);
}
