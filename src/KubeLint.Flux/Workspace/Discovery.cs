using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>What <see cref="Discovery"/> found.</summary>
/// <param name="Files">The absolute paths, in ordinal order.</param>
/// <param name="Notes">What could not be looked into, in ordinal order of the paths.</param>
/// <param name="Errors">The paths that lead nowhere, in the order given.</param>
public sealed record DiscoveryResult(ImmutableArray<string> Files, ImmutableArray<WorkspaceNote> Notes, ImmutableArray<WorkspaceError> Errors);

/// <summary>
/// Finds the YAML files below paths and globs. Hidden files and directories are looked into, as they hold YAML that
/// people want checked (<c>.github</c>, <c>.sops.yaml</c>); <c>.git</c> and <c>node_modules</c> are not. A symbolic link is
/// followed where it stays inside the repository and leads to a directory not yet seen.
/// </summary>
public sealed class Discovery
{
    private const long MaxIgnoreFileBytes = 1024 * 1024;

    private readonly IFileSource source;
    private readonly WorkspaceOptions options;
    private readonly string baseDirectory;
    private readonly IgnoreRules exclude;
    private readonly CancellationToken cancellationToken;
    private readonly SortedSet<string> files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, WorkspaceNote> notes = new(StringComparer.Ordinal);
    private readonly List<WorkspaceError> errors = [];

    private Discovery(IFileSource source, WorkspaceOptions options, CancellationToken cancellationToken)
    {
        this.source = source;
        this.options = options;
        this.cancellationToken = cancellationToken;
        baseDirectory = YamlFileCache.Normalize(options.BaseDirectory);
        exclude = IgnoreRules.Create(options.ExcludeDirectory ?? baseDirectory, options.Exclude);
    }

    /// <summary>Finds the files.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DiscoveryResult Find(IFileSource source, WorkspaceOptions options, CancellationToken cancellationToken = default)
    {
        var discovery = new Discovery(source, options, cancellationToken);
        foreach (var path in options.Paths)
        {
            discovery.AddPath(path);
        }

        return new DiscoveryResult([.. discovery.files], [.. discovery.notes.Values], [.. discovery.errors]);
    }

    /// <summary>The directory at or above a directory that holds <c>.git</c>; null where there is none.</summary>
    public static string? FindGitRoot(IFileSource source, string directory)
    {
        for (var current = directory; current is not null; current = Parent(current))
        {
            var git = Join(current, ".git");
            if (source.DirectoryExists(git) || source.FileExists(git))
            {
                return current;
            }
        }

        return null;
    }

    /// <summary>Whether a file's name is one that YAML files, or kustomize's, have.</summary>
    public static bool IsYamlName(string path) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
        || path.AsSpan(path.LastIndexOf('/') + 1).SequenceEqual("Kustomization");

    /// <summary>The absolute, normalised form of a path relative to a directory.</summary>
    internal static string Absolute(string directory, string path) => YamlFileCache.Normalize(Path.Combine(directory, path));

    private static string Join(string directory, string name) => directory.EndsWith('/') ? directory + name : directory + "/" + name;

    private static string? Parent(string path)
    {
        var slash = path.LastIndexOf('/');
        return path.Length == 1 || slash < 0 ? null : slash == 0 ? "/" : path[..slash];
    }

    private static bool IsInside(string path, string directory) =>
        path.Length == directory.Length ? path == directory : path.StartsWith(directory.EndsWith('/') ? directory : directory + "/", StringComparison.Ordinal);

    private string Display(string path) => Path.GetRelativePath(baseDirectory, path).Replace('\\', '/');

    private void AddNote(string path, string message) => notes.TryAdd(path, new WorkspaceNote(Display(path), message));

    private void AddPath(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            errors.Add(new WorkspaceError(path, "This is no path"));
            return;
        }

        var absolute = Absolute(baseDirectory, path);
        if (source.FileExists(absolute))
        {
            // Named by the user: whatever its name, and even if git ignores it.
            if (!IsExcluded(absolute, isDirectory: false))
            {
                files.Add(absolute);
            }
        }
        else if (source.DirectoryExists(absolute))
        {
            if (Walk(absolute, null) == 0)
            {
                AddNote(absolute, "No YAML file is in this directory");
            }
        }
        else if (GlobPattern.HasWildcard(path))
        {
            AddGlob(path, absolute);
        }
        else
        {
            AddMissing(path, absolute);
        }
    }

    private void AddGlob(string path, string absolute)
    {
        // The part before the first wildcard need not be searched.
        var start = absolute;
        while (GlobPattern.HasWildcard(start))
        {
            start = Parent(start) ?? "/";
        }

        if (!source.DirectoryExists(start))
        {
            AddMissing(path, start);
            return;
        }

        if (Walk(start, new GlobPattern(absolute)) == 0)
        {
            errors.Add(new WorkspaceError(path, "No YAML file matches this pattern"));
        }
    }

    private void AddMissing(string path, string absolute)
    {
        // The nearest name is looked for where the path leaves what exists.
        var missing = absolute;
        var parent = Parent(missing);
        while (parent is not null && !source.DirectoryExists(parent))
        {
            missing = parent;
            parent = Parent(missing);
        }

        var names = parent is null ? [] : source.List(parent).Select(entry => entry[(entry.LastIndexOf('/') + 1)..]);
        var nearest = NearestName.Find(missing[(missing.LastIndexOf('/') + 1)..], names);
        var hint = nearest is null ? "" : $"; did you mean '{Display(Join(parent!, nearest))}'?";
        errors.Add(new WorkspaceError(path, $"There is no file or directory '{Display(missing)}'{hint}"));
    }

    private bool IsExcluded(string path, bool isDirectory)
    {
        if (!IsInside(path, baseDirectory))
        {
            return false;
        }

        for (var current = path; current is not null && current.Length > baseDirectory.Length; current = Parent(current))
        {
            if (exclude.IsIgnored(current, isDirectory || current.Length < path.Length))
            {
                return true;
            }
        }

        return false;
    }

    // Says how many files it found.
    private int Walk(string start, GlobPattern? glob)
    {
        if (IsExcluded(start, isDirectory: true))
        {
            return 0;
        }

        var gitRoot = FindGitRoot(source, start);
        var boundary = source.RealPath(gitRoot ?? start);
        var walk = new DirectoryWalk(glob, boundary);
        walk.Pending.Push(new Pending(start, source.RealPath(start), RulesAbove(start, gitRoot), IsMatched: false));
        while (true)
        {
            if (walk.Pending.TryPop(out var next))
            {
                cancellationToken.ThrowIfCancellationRequested();
                WalkDirectory(next, walk);
            }
            else if (walk.Links.TryDequeue(out var link))
            {
                // Links come last, so that a directory is known by its own path rather than by a link's.
                FollowLink(link, walk);
            }
            else
            {
                return walk.Found;
            }
        }
    }

    private void FollowLink(Pending link, DirectoryWalk walk)
    {
        var real = source.RealPath(link.Directory);
        if (!IsInside(real, walk.Boundary))
        {
            AddNote(link.Directory, "The symbolic link leads out of the repository and is not followed");
        }
        else if (!walk.Seen.Contains(real))
        {
            walk.Pending.Push(link with { Real = real });
        }
    }

    private void WalkDirectory(Pending directory, DirectoryWalk walk)
    {
        if (!walk.Seen.Add(directory.Real))
        {
            return;
        }

        IReadOnlyList<DirectoryEntry> entries;
        try
        {
            entries = source.Enumerate(directory.Directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            AddNote(directory.Directory, "The directory cannot be read, so nothing in it is looked at");
            return;
        }

        var rules = options.RespectGitIgnore ? AddRules(directory.Directory, directory.Rules, entries) : null;
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            var entry = entries[i];
            var path = entry.Path;
            if (exclude.IsIgnored(path, entry.IsDirectory))
            {
                continue;
            }

            if (entry.IsDirectory)
            {
                // For git, a link is no directory.
                if (IsNeverEntered(path) || rules?.IsIgnored(path, !entry.IsLink) == true)
                {
                    continue;
                }

                var real = Join(directory.Real, path[(path.LastIndexOf('/') + 1)..]);
                var next = new Pending(path, real, rules, directory.IsMatched || walk.Glob?.IsMatch(path) == true);
                if (entry.IsLink)
                {
                    walk.Links.Enqueue(next);
                }
                else
                {
                    walk.Pending.Push(next);
                }
            }
            else if (IsYamlName(path) && (walk.Glob is null || directory.IsMatched || walk.Glob.IsMatch(path))
                && rules?.IsIgnored(path, isDirectory: false) != true && IsReadable(entry, walk))
            {
                files.Add(path);
                walk.Found++;
            }
        }
    }

    private bool IsReadable(DirectoryEntry entry, DirectoryWalk walk)
    {
        if (!entry.IsLink)
        {
            return true;
        }

        if (!source.FileExists(entry.Path))
        {
            AddNote(entry.Path, "The symbolic link leads nowhere");
            return false;
        }

        // What lies outside is not this repository's, and must not be shown in its report.
        if (!IsInside(source.RealPath(entry.Path), walk.Boundary))
        {
            AddNote(entry.Path, "The symbolic link leads out of the repository and is not followed");
            return false;
        }

        return true;
    }

    private static bool IsNeverEntered(string path) =>
        path.AsSpan(path.LastIndexOf('/') + 1) is ".git" or "node_modules";

    // The rules of the directories from git's root down to that above the start.
    private IgnoreRules? RulesAbove(string start, string? gitRoot)
    {
        if (gitRoot is null || !options.RespectGitIgnore)
        {
            return null;
        }

        var rules = ReadRules(Join(gitRoot, ".git/info/exclude"), gitRoot, null);
        var current = gitRoot;
        while (current.Length < start.Length)
        {
            rules = ReadRules(Join(current, ".gitignore"), current, rules);
            var slash = start.IndexOf('/', current.EndsWith('/') ? current.Length : current.Length + 1);
            current = slash < 0 ? start : start[..slash];
        }

        return rules;
    }

    private IgnoreRules? AddRules(string directory, IgnoreRules? above, IReadOnlyList<DirectoryEntry> entries)
    {
        var path = Join(directory, ".gitignore");
        foreach (var entry in entries)
        {
            if (entry.Path == path)
            {
                return ReadRules(path, directory, above);
            }
        }

        return above;
    }

    private IgnoreRules? ReadRules(string path, string directory, IgnoreRules? above)
    {
        try
        {
            if (!source.FileExists(path))
            {
                return above;
            }

            if (source.GetLength(path) <= MaxIgnoreFileBytes)
            {
                return IgnoreRules.Create(directory, source.ReadAllBytes(path), above);
            }

            AddNote(path, "The file is too large to be read as ignore patterns");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            AddNote(path, "The file cannot be read, so its ignore patterns are not respected");
        }

        return above;
    }

    private sealed class DirectoryWalk(GlobPattern? glob, string boundary)
    {
        public GlobPattern? Glob { get; } = glob;

        /// <summary>The real path that links must not leave.</summary>
        public string Boundary { get; } = boundary;

        public Stack<Pending> Pending { get; } = new();

        public Queue<Pending> Links { get; } = new();

        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        public int Found { get; set; }
    }

    private readonly record struct Pending(string Directory, string Real, IgnoreRules? Rules, bool IsMatched);
}
