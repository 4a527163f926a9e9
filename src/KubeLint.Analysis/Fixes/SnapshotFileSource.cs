using System.Collections.Concurrent;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>
/// Reads each file once: every round judges, edits and compares the same bytes, even if somebody writes the file meanwhile.
/// </summary>
internal sealed class SnapshotFileSource(IFileSource below) : IFileSource
{
    private readonly ConcurrentDictionary<string, byte[]> read = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool FileExists(string path) => below.FileExists(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => below.DirectoryExists(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) => below.List(directory);

    /// <inheritdoc/>
    public IReadOnlyList<DirectoryEntry> Enumerate(string directory) => below.Enumerate(directory);

    /// <inheritdoc/>
    public string RealPath(string path) => below.RealPath(path);

    /// <inheritdoc/>
    public long GetLength(string path) => read.TryGetValue(path, out var bytes) ? bytes.Length : below.GetLength(path);

    /// <inheritdoc/>
    public byte[] ReadAllBytes(string path) => read.GetOrAdd(path, below.ReadAllBytes);
}
