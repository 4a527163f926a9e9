using System.Collections.Concurrent;

using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Repositories;

/// <summary>
/// The disk with a memory for which paths there are: between two changes of the tree each is asked for once. Whoever sees a file come or go
/// makes a new one.
/// </summary>
/// <param name="disk">The disk.</param>
internal sealed class KnownPaths(IFileSource disk) : IFileSource
{
    private readonly ConcurrentDictionary<string, bool> files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> directories = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> lists = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<DirectoryEntry>> entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> realPaths = new(StringComparer.Ordinal);

    public bool FileExists(string path) => files.GetOrAdd(path, static (key, disk) => disk.FileExists(key), disk);

    public bool DirectoryExists(string path) => directories.GetOrAdd(path, static (key, disk) => disk.DirectoryExists(key), disk);

    public IReadOnlyList<string> List(string directory) => lists.GetOrAdd(directory, static (key, disk) => disk.List(key), disk);

    public IReadOnlyList<DirectoryEntry> Enumerate(string directory) => entries.GetOrAdd(directory, static (key, disk) => disk.Enumerate(key), disk);

    public string RealPath(string path) => realPaths.GetOrAdd(path, static (key, disk) => disk.RealPath(key), disk);

    public long GetLength(string path) => disk.GetLength(path);

    public byte[] ReadAllBytes(string path) => disk.ReadAllBytes(path);
}
