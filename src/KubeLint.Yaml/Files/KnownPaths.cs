using System.Collections.Concurrent;

namespace KubeLint.Yaml;

/// <summary>
/// A source with a memory for which paths there are: what a directory holds is asked once, and answers what lies in it from then on. What a
/// file holds, and where a link leads, is asked each time. It stands for one moment: whoever sees a file come or go makes a new one.
/// </summary>
/// <param name="source">Where the files are.</param>
public sealed class KnownPaths(IFileSource source) : IFileSource
{
    // Elsewhere a path may name a file that is listed under another name: in other case, or in another form of Unicode.
    private static readonly bool HasOneName = OperatingSystem.IsLinux();

    private readonly ConcurrentDictionary<string, IReadOnlyList<DirectoryEntry>> directories = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> isFile = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> isDirectory = new(StringComparer.Ordinal);

    private enum Knowledge
    {
        Unknown,
        Absent,
        Listed,
    }

    /// <inheritdoc/>
    public bool FileExists(string path) => Find(path, out var entry) switch
    {
        Knowledge.Listed when !entry.IsLink => !entry.IsDirectory,
        Knowledge.Absent => false,
        _ => isFile.GetOrAdd(path, static (key, source) => source.FileExists(key), source),
    };

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Find(path, out var entry) switch
    {
        Knowledge.Listed => entry.IsDirectory,
        Knowledge.Absent => false,
        _ => isDirectory.GetOrAdd(path, static (key, source) => source.DirectoryExists(key), source),
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory)
    {
        try
        {
            return [.. Enumerate(directory).Select(entry => entry.Path)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<DirectoryEntry> Enumerate(string directory) =>
        directories.GetOrAdd(directory, static (key, source) => source.Enumerate(key), source);

    /// <inheritdoc/>
    public string RealPath(string path) => source.RealPath(path);

    /// <inheritdoc/>
    public long GetLength(string path) => source.GetLength(path);

    /// <inheritdoc/>
    public byte[] ReadAllBytes(string path) => source.ReadAllBytes(path);

    /// <inheritdoc/>
    public FileContent Read(string path, long limit) => source.Read(path, limit);

    private Knowledge Find(ReadOnlySpan<char> path, out DirectoryEntry entry)
    {
        entry = default;
        var slash = path.LastIndexOf('/');
        if (slash < 0 || path[(slash + 1)..] is "" or "." or "..")
        {
            return Knowledge.Unknown;
        }

        var parent = path[..Math.Max(slash, 1)];
        if (directories.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(parent, out var entries))
        {
            return TryFind(entries, path, out entry) ? Knowledge.Listed : HasOneName ? Knowledge.Absent : Knowledge.Unknown;
        }

        // What is below nothing, or below a file, is not there either.
        return slash == 0 ? Knowledge.Unknown : Find(parent, out var above) switch
        {
            Knowledge.Listed when !above.IsDirectory && !above.IsLink => Knowledge.Absent,
            Knowledge.Absent => Knowledge.Absent,
            _ => Knowledge.Unknown,
        };
    }

    private static bool TryFind(IReadOnlyList<DirectoryEntry> entries, ReadOnlySpan<char> path, out DirectoryEntry entry)
    {
        for (int low = 0, high = entries.Count - 1; low <= high;)
        {
            var middle = (low + high) / 2;
            entry = entries[middle];
            var order = path.SequenceCompareTo(entry.Path);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (low, middle - 1) : (middle + 1, high);
        }

        entry = default;
        return false;
    }
}
