using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>
/// The files of a commit, read from git's store: the work tree is not touched. What lies outside of the repository, in its
/// submodules and in <c>.git</c> itself is that of another source.
/// </summary>
internal sealed class GitFileSource : IFileSource, IDisposable
{
    private const string Link = "120000";
    private const string Submodule = "160000";
    private const int MaxLinks = 64;

    private readonly GitRepository repository;
    private readonly string root;
    private readonly IFileSource outside;
    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> directories = new(StringComparer.Ordinal);
    private readonly List<string> submodules = [];
    private readonly Dictionary<string, byte[]> contents = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private Process? reader;

    public GitFileSource(GitRepository repository, string commit, IFileSource outside)
    {
        this.repository = repository;
        this.outside = outside;
        root = repository.Root;
        directories.Add(root, new SortedSet<string>(StringComparer.Ordinal));
        var linked = new List<(string Path, string Id)>();
        foreach (var (mode, id, relative) in repository.ListTree(commit))
        {
            var path = root == "/" ? "/" + relative : $"{root}/{relative}";
            AddToDirectories(path);
            switch (mode)
            {
                case Submodule:
                    submodules.Add(path);
                    break;
                case Link:
                    linked.Add((path, id));
                    break;
                default:
                    files.Add(path, id);
                    break;
            }
        }

        foreach (var (path, id) in linked)
        {
            links.Add(path, Encoding.UTF8.GetString(Read(id)));
        }
    }

    /// <inheritdoc/>
    public bool FileExists(string path)
    {
        var real = RealPath(path);
        return IsOutside(real) ? outside.FileExists(real) : files.ContainsKey(real);
    }

    /// <inheritdoc/>
    public bool DirectoryExists(string path)
    {
        var real = RealPath(path);
        return IsOutside(real) ? outside.DirectoryExists(real) : directories.ContainsKey(real);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory)
    {
        var real = RealPath(directory);
        return IsOutside(real) ? outside.List(directory)
            : directories.TryGetValue(real, out var children) ? [.. children.Select(child => Under(directory, child))]
            : [];
    }

    /// <inheritdoc/>
    public IReadOnlyList<DirectoryEntry> Enumerate(string directory)
    {
        var real = RealPath(directory);
        return IsOutside(real) ? outside.Enumerate(directory)
            : directories.TryGetValue(real, out var children) ? [.. children.Select(child => new DirectoryEntry(Under(directory, child), DirectoryExists(child), links.ContainsKey(child)))]
            : throw new DirectoryNotFoundException($"There is no folder {directory}");
    }

    /// <inheritdoc/>
    public string RealPath(string path)
    {
        if (links.Count == 0)
        {
            return path;
        }

        var resolved = path;
        for (var count = 0; count < MaxLinks; count++)
        {
            if (FirstLink(resolved) is not { } link)
            {
                return resolved;
            }

            var target = Path.Combine(link[..Math.Max(1, link.LastIndexOf('/'))], links[link]);
            resolved = YamlFileCache.Normalize(target + resolved[link.Length..]);
        }

        return path;
    }

    /// <inheritdoc/>
    public long GetLength(string path)
    {
        var real = RealPath(path);
        return IsOutside(real) ? outside.GetLength(real) : ReadAllBytes(real).Length;
    }

    /// <inheritdoc/>
    public byte[] ReadAllBytes(string path)
    {
        var real = RealPath(path);
        return IsOutside(real) ? outside.ReadAllBytes(real)
            : files.TryGetValue(real, out var id) ? Read(id)
            : throw new FileNotFoundException("There is no such file", path);
    }

    /// <summary>Ends git.</summary>
    public void Dispose()
    {
        if (reader is not null)
        {
            reader.StandardInput.Close();
            reader.WaitForExit();
            reader.Dispose();
        }
    }

    private void AddToDirectories(string path)
    {
        for (var child = path; child.Length > root.Length;)
        {
            var parent = child[..Math.Max(1, child.LastIndexOf('/'))];
            if (directories.TryGetValue(parent, out var children))
            {
                children.Add(child);
                return;
            }

            directories.Add(parent, new SortedSet<string>(StringComparer.Ordinal) { child });
            child = parent;
        }
    }

    private bool IsOutside(string path)
    {
        var isWithin = path == root || root == "/" || (path.Length > root.Length && path[root.Length] == '/' && path.StartsWith(root, StringComparison.Ordinal));
        if (!isWithin)
        {
            return true;
        }

        var git = $"{root}/.git";
        return IsAtOrBelow(path, git) || submodules.Exists(submodule => IsAtOrBelow(path, submodule));
    }

    private static bool IsAtOrBelow(string path, string directory) =>
        path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/');

    private string? FirstLink(string path)
    {
        for (var slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (links.ContainsKey(path[..slash]))
            {
                return path[..slash];
            }
        }

        return links.ContainsKey(path) ? path : null;
    }

    private static string Under(string directory, string child) => $"{directory.TrimEnd('/')}/{child[(child.LastIndexOf('/') + 1)..]}";

    private byte[] Read(string id)
    {
        lock (gate)
        {
            if (!contents.TryGetValue(id, out var bytes))
            {
                contents.Add(id, bytes = Ask(id));
            }

            return bytes;
        }
    }

    // https://git-scm.com/docs/git-cat-file#_batch_output: "<id> <type> <size>", the bytes, a line end; or "<id> missing".
    private byte[] Ask(string id)
    {
        reader ??= repository.StartReader();
        reader.StandardInput.Write(id + "\n");
        reader.StandardInput.Flush();
        var output = reader.StandardOutput.BaseStream;
        var header = ReadLine(output);
        if (header.Split(' ') is not [_, _, var length] || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            throw new IOException($"git has not got {id}: {header}");
        }

        var bytes = new byte[size];
        output.ReadExactly(bytes);
        output.ReadByte();
        return bytes;
    }

    private static string ReadLine(Stream stream)
    {
        var line = new ArrayBufferWriter<byte>(80);
        for (var next = stream.ReadByte(); next >= 0 && next != '\n'; next = stream.ReadByte())
        {
            line.GetSpan(1)[0] = (byte)next;
            line.Advance(1);
        }

        return Encoding.ASCII.GetString(line.WrittenSpan);
    }
}
