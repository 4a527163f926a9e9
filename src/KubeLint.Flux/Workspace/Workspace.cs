using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>The files to lint, parsed and classified, and the repository around them. Immutable and safe to share between threads.</summary>
public sealed class Workspace
{
    private readonly WorkspaceOptions options;
    private readonly DiscoveryResult found;
    private readonly Lazy<Dictionary<string, WorkspaceFile>> byDisplayPath;

    private Workspace(
        WorkspaceOptions options, string baseDirectory, string repositoryRoot, YamlFileCache files, ImmutableArray<WorkspaceFile> selected, DiscoveryResult found)
    {
        this.options = options;
        this.found = found;
        BaseDirectory = baseDirectory;
        RepositoryRoot = repositoryRoot;
        Files = files;
        SelectedFiles = selected;
        byDisplayPath = new Lazy<Dictionary<string, WorkspaceFile>>(() => selected.ToDictionary(file => file.DisplayPath, StringComparer.Ordinal));
        Errors = found.Errors;

        var notes = found.Notes.ToBuilder();
        foreach (var file in selected)
        {
            // A chart's template that is YAML as it stands needs no word.
            if (file.Classification.Template != TemplateKind.None && !file.Yaml.Problems.IsEmpty)
            {
                var kind = file.Classification.Template == TemplateKind.Helm ? "a Helm chart's template" : "a template";
                notes.Add(new WorkspaceNote(file.DisplayPath, $"The file is {kind}, not YAML, and is not linted"));
            }
        }

        Notes = notes.ToImmutable();
    }

    /// <summary>The absolute directory to which shown paths are relative.</summary>
    public string BaseDirectory { get; }

    /// <summary>The absolute directory of the git repository that holds the first path; without git, the base directory where it holds that path, else the path's own.</summary>
    public string RepositoryRoot { get; }

    /// <summary>All files by path, those beside the selected ones, too: each is parsed once.</summary>
    public YamlFileCache Files { get; }

    /// <summary>The files to lint, in ordinal order of their paths.</summary>
    public ImmutableArray<WorkspaceFile> SelectedFiles { get; }

    /// <summary>The file to lint of a shown path; null where it is not to be linted.</summary>
    /// <param name="displayPath">The path as <see cref="SourceText.Path"/> has it.</param>
    public WorkspaceFile? FindSelected(string displayPath) => byDisplayPath.Value.GetValueOrDefault(displayPath);

    /// <summary>The absolute path of the kustomization file that Flux takes in a directory; null where there is none.</summary>
    /// <param name="directory">The absolute directory.</param>
    public string? FindKustomization(string directory) => KustomizationReach.FindFile(Files.Source, directory);

    /// <summary>What the user should know, but is no finding.</summary>
    public ImmutableArray<WorkspaceNote> Notes { get; }

    /// <summary>The paths that lead nowhere.</summary>
    public ImmutableArray<WorkspaceError> Errors { get; }

    /// <summary>Finds, parses and classifies the files.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Workspace Load(IFileSource source, WorkspaceOptions options, CancellationToken cancellationToken = default)
    {
        var baseDirectory = YamlFileCache.Normalize(options.BaseDirectory);
        return Load(new YamlFileCache(source, baseDirectory, options.Limits), options, cancellationToken);
    }

    private static Workspace Load(YamlFileCache cache, WorkspaceOptions options, CancellationToken cancellationToken)
    {
        var found = Discovery.Find(cache.Source, options, cancellationToken);
        var root = FindRepositoryRoot(cache.Source, options, cache.BaseDirectory);
        return new Workspace(options, cache.BaseDirectory, root, cache, Parse(cache, found, cancellationToken), found);
    }

    /// <summary>The same files after the contents of some changed. The others keep their trees.</summary>
    /// <param name="source">Where the files are now.</param>
    /// <param name="changed">The absolute paths of the files that differ. None of them came or went: for that, <see cref="Reload"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Workspace Edit(IFileSource source, IReadOnlySet<string> changed, CancellationToken cancellationToken = default) =>
        Edit(Files.With(source, changed), changed, cancellationToken);

    /// <summary>The files as they are found anew. Those that did not change keep their trees.</summary>
    /// <param name="source">Where the files are now.</param>
    /// <param name="changed">The absolute paths of the files that differ, came or went.</param>
    /// <param name="asked">What to read; it has the same base directory and limits as before.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Workspace Reload(IFileSource source, IReadOnlySet<string> changed, WorkspaceOptions asked, CancellationToken cancellationToken = default) =>
        Load(Files.With(source, changed), asked, cancellationToken);

    /// <summary>The same with the files of another cache, which differ from these only where <paramref name="changed"/> says.</summary>
    internal Workspace Edit(YamlFileCache files, IReadOnlySet<string> changed, CancellationToken cancellationToken)
    {
        var selected = SelectedFiles.ToBuilder();
        for (var i = 0; i < selected.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (changed.Contains(selected[i].Path))
            {
                selected[i] = Parse(files, selected[i].Path);
            }
        }

        return new Workspace(options, BaseDirectory, RepositoryRoot, files, selected.MoveToImmutable(), found);
    }

    /// <summary>
    /// The same with all files of the git repository selected, since what a cluster gets may begin beside the linted paths.
    /// Itself without git: what lies around a directory then need not belong to it.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Workspace WholeRepository(CancellationToken cancellationToken = default)
    {
        foreach (var path in options.Paths)
        {
            if (Discovery.Absolute(BaseDirectory, path) == RepositoryRoot)
            {
                return this;
            }
        }

        if (Discovery.FindGitRoot(Files.Source, RepositoryRoot) is null)
        {
            return this;
        }

        var found = Discovery.Find(Files.Source, options with { Paths = [RepositoryRoot] }, cancellationToken);
        return new Workspace(options, BaseDirectory, RepositoryRoot, Files, Parse(Files, found, cancellationToken), found);
    }

    /// <summary>The absolute path of what is linted, as far as one path tells: the first.</summary>
    internal string FirstPath => options.Paths.IsEmpty ? BaseDirectory : Discovery.Absolute(BaseDirectory, options.Paths[0]);

    /// <summary>The same as if a directory were the repository: its files alone.</summary>
    internal Workspace Within(string directory) =>
        new(options, BaseDirectory, directory, Files, [.. SelectedFiles.Where(file => SourcePath.IsWithin(file.Path, directory))], new DiscoveryResult([], Notes, Errors));

    private static ImmutableArray<WorkspaceFile> Parse(YamlFileCache cache, DiscoveryResult found, CancellationToken cancellationToken)
    {
        var selected = new WorkspaceFile[found.Files.Length];
        Parallel.For(0, selected.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            selected[i] = Parse(cache, found.Files[i]);
        });
        return [.. selected];
    }

    private static WorkspaceFile Parse(YamlFileCache cache, string path)
    {
        var yaml = cache.Parse(path);
        return new WorkspaceFile(path, yaml, FileClassification.Create(cache.Source, path, yaml));
    }

    private static string FindRepositoryRoot(IFileSource source, WorkspaceOptions options, string baseDirectory)
    {
        var start = options.Paths.IsEmpty ? baseDirectory : Discovery.Absolute(baseDirectory, options.Paths[0]);
        while (!source.DirectoryExists(start) && start.LastIndexOf('/') is > 0 and var slash)
        {
            start = start[..slash];
        }

        if (Discovery.FindGitRoot(source, start) is { } gitRoot)
        {
            return gitRoot;
        }

        var isInBase = start == baseDirectory || start.StartsWith(baseDirectory + "/", StringComparison.Ordinal) || baseDirectory == "/";
        return isInBase ? baseDirectory : start;
    }
}
