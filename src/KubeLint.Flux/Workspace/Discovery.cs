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
    private const string LeadsOut = "The symbolic link leads out of the repository and is not followed";
    private const long MaxIgnoreFileBytes = 1024 * 1024;

    // Fewer are read sooner than other threads wake.
    private const int LeastForParallel = 16;

    private readonly IFileSource source;
    private readonly WorkspaceOptions options;
    private readonly string baseDirectory;
    private readonly IgnoreRules exclude;
    private readonly CancellationToken cancellationToken;
    private readonly List<string> files = [];
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

        return new DiscoveryResult([.. discovery.files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], [.. discovery.notes.Values], [.. discovery.errors]);
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
        var level = new List<Pending> { new(start, source.RealPath(start), RulesAbove(start, gitRoot), IsMatched: false) };
        while (true)
        {
            level.RemoveAll(directory => !walk.Seen.Add(directory.Real));
            if (level.Count > 0)
            {
                level = WalkLevel(level, walk);
            }
            else if (walk.Links.TryDequeue(out var link))
            {
                // Links come last, so that a directory is known by its own path rather than by a link's.
                FollowLink(link, walk, level);
            }
            else
            {
                return walk.Found;
            }
        }
    }

    private void FollowLink(Pending link, DirectoryWalk walk, List<Pending> level)
    {
        var real = source.RealPath(link.Directory);
        if (IsInside(real, walk.Boundary))
        {
            level.Add(link with { Real = real });
        }
        else
        {
            AddNote(link.Directory, LeadsOut);
        }
    }

    // All directories of one depth at once, each for itself; what they hold comes together in their order. Gives those below them.
    private List<Pending> WalkLevel(List<Pending> level, DirectoryWalk walk)
    {
        var visits = new Visit[level.Count];
        if (level.Count < LeastForParallel)
        {
            for (var i = 0; i < visits.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                visits[i] = VisitDirectory(level[i], walk);
            }
        }
        else
        {
            Parallel.For(0, visits.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => visits[i] = VisitDirectory(level[i], walk));
        }

        var below = new List<Pending>();
        foreach (var visit in visits)
        {
            files.AddRange(visit.Files);
            walk.Found += visit.Files.Count;
            below.AddRange(visit.Directories);
            foreach (var link in visit.Links)
            {
                walk.Links.Enqueue(link);
            }

            foreach (var (path, message) in visit.Notes)
            {
                AddNote(path, message);
            }
        }

        return below;
    }

    private Visit VisitDirectory(Pending directory, DirectoryWalk walk)
    {
        var visit = new Visit();
        IReadOnlyList<DirectoryEntry> entries;
        try
        {
            entries = source.Enumerate(directory.Directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            visit.Notes.Add((directory.Directory, "The directory cannot be read, so nothing in it is looked at"));
            return visit;
        }

        var rules = options.RespectGitIgnore ? AddRules(directory.Directory, directory.Rules, entries, visit.Notes) : null;
        foreach (var entry in entries)
        {
            var path = entry.Path;
            if (exclude.IsIgnored(path, entry.IsDirectory))
            {
                continue;
            }

            if (entry.IsDirectory)
            {
                // For git, a link is no directory.
                if (!IsNeverEntered(path) && rules?.IsIgnored(path, !entry.IsLink) != true)
                {
                    var real = Join(directory.Real, path[(path.LastIndexOf('/') + 1)..]);
                    (entry.IsLink ? visit.Links : visit.Directories).Add(
                        new Pending(path, real, rules, directory.IsMatched || walk.Glob?.IsMatch(path) == true));
                }
            }
            else if (IsYamlName(path) && (walk.Glob is null || directory.IsMatched || walk.Glob.IsMatch(path))
                && rules?.IsIgnored(path, isDirectory: false) != true && IsReadable(entry, walk, visit.Notes))
            {
                visit.Files.Add(path);
            }
        }

        return visit;
    }

    private bool IsReadable(DirectoryEntry entry, DirectoryWalk walk, List<(string, string)> found)
    {
        if (!entry.IsLink)
        {
            return true;
        }

        if (!source.FileExists(entry.Path))
        {
            found.Add((entry.Path, "The symbolic link leads nowhere"));
            return false;
        }

        // What lies outside is not this repository's, and must not be shown in its report.
        if (!IsInside(source.RealPath(entry.Path), walk.Boundary))
        {
            found.Add((entry.Path, LeadsOut));
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

        var found = new List<(string Path, string Message)>();
        var rules = ReadRules(Join(gitRoot, ".git/info/exclude"), gitRoot, null, found);
        var current = gitRoot;
        while (current.Length < start.Length)
        {
            rules = ReadRules(Join(current, ".gitignore"), current, rules, found);
            var slash = start.IndexOf('/', current.EndsWith('/') ? current.Length : current.Length + 1);
            current = slash < 0 ? start : start[..slash];
        }

        foreach (var (path, message) in found)
        {
            AddNote(path, message);
        }

        return rules;
    }

    private IgnoreRules? AddRules(string directory, IgnoreRules? above, IReadOnlyList<DirectoryEntry> entries, List<(string, string)> found)
    {
        foreach (var entry in entries)
        {
            if (entry.Path.EndsWith("/.gitignore", StringComparison.Ordinal))
            {
                return ReadRules(entry.Path, directory, above, found);
            }
        }

        return above;
    }

    private IgnoreRules? ReadRules(string path, string directory, IgnoreRules? above, List<(string, string)> found)
    {
        try
        {
            if (!source.FileExists(path))
            {
                return above;
            }

            using var content = source.Read(path, MaxIgnoreFileBytes);
            if (!content.IsTooLong)
            {
                return IgnoreRules.Create(directory, content.Bytes, above);
            }

            found.Add((path, "The file is too large to be read as ignore patterns"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            found.Add((path, "The file cannot be read, so its ignore patterns are not respected"));
        }

        return above;
    }

    private sealed class DirectoryWalk(GlobPattern? glob, string boundary)
    {
        public GlobPattern? Glob { get; } = glob;

        /// <summary>The real path that links must not leave.</summary>
        public string Boundary { get; } = boundary;

        public Queue<Pending> Links { get; } = new();

        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        public int Found { get; set; }
    }

    private readonly record struct Pending(string Directory, string Real, IgnoreRules? Rules, bool IsMatched);

    /// <summary>What one directory holds, in ordinal order.</summary>
    private sealed class Visit
    {
        public List<string> Files { get; } = [];

        public List<Pending> Directories { get; } = [];

        public List<Pending> Links { get; } = [];

        public List<(string Path, string Message)> Notes { get; } = [];
    }
}
