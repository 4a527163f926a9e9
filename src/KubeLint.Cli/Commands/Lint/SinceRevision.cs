using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Reporting;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>
/// The repository at a revision, and which findings are due to what changed since: those on a line that differs, or that a line
/// made which differs, and those that were not there then.
/// </summary>
internal sealed class SinceRevision : IDisposable
{
    private readonly LintRun run;
    private readonly GitRepository repository;
    private readonly GitFileSource files;
    private readonly string commit;
    private readonly Workspace workspace;
    private readonly Revision? revision;
    private readonly HashSet<string> known;
    private readonly Dictionary<string, string> renamed = new(StringComparer.Ordinal);

    private SinceRevision(LintRun run, string name, GitRepository repository, string commit, CancellationToken cancellationToken)
    {
        Name = name;
        this.run = run;
        this.repository = repository;
        this.commit = commit;
        files = new GitFileSource(repository, commit, run.Source);
        var analyzer = run.CreateAnalyzer();
        workspace = run.Timings.Run(
            $"Reading files at {name}",
            () => Workspace.Load(files, run.Configuration.Configuration.ToWorkspaceOptions(run.Host.CurrentDirectory, run.Paths), cancellationToken),
            workspace => string.Create(CultureInfo.InvariantCulture, $"{workspace.SelectedFiles.Length} files of {commit.AsSpan(0, 12)}"));
        var isBuilt = (analyzer.Parts & (ModelParts.Objects | ModelParts.Changes)) != 0;
        var model = run.Timings.Run(
            $"Building what the clusters got at {name}",
            () => isBuilt ? RepositoryModelBuilder.Build(workspace, run.Flux, cancellationToken) : RepositoryModel.AsWritten(workspace),
            model => string.Create(CultureInfo.InvariantCulture, $"{model.Clusters.Length} clusters, {model.Objects.Length} objects"));
        revision = isBuilt ? new Revision(name, model) : null;
        foreach (var (now, before) in repository.Renames(commit))
        {
            renamed[$"{repository.Root}/{now}"] = $"{repository.Root}/{before}";
        }

        known = run.Timings.Run(
            $"Running rules at {name}",
            () => Names(analyzer.Analyze(model, cancellationToken), new Dictionary<string, string>(renamed.Select(pair => KeyValuePair.Create(pair.Value, pair.Key)))),
            known => string.Create(CultureInfo.InvariantCulture, $"{known.Count} findings"));
    }

    /// <summary>The revision as the user wrote it.</summary>
    public string Name { get; }

    /// <summary>What rules compare with; null where none of them needs objects.</summary>
    public Revision? Revision => revision;

    /// <summary>Reads the repository at a revision.</summary>
    /// <param name="name">The revision as git understands it.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="UsageException">There is no repository or no such revision, or git cannot be run.</exception>
    public static SinceRevision Open(string name, LintRun run, CancellationToken cancellationToken)
    {
        var root = RepositoryRoot.Find(run.Source, ConfigurationSource.Folder(run.Options, run.Host))
            ?? throw new UsageException($"--since needs a git repository, and there is none at or above '{run.Paths[0]}'");
        var repository = new GitRepository(root);
        return new SinceRevision(run, name, repository, repository.Resolve(name), cancellationToken);
    }

    /// <summary>The findings that are due to what changed.</summary>
    public AnalysisResult Limit(AnalysisResult result, Workspace now)
    {
        var lines = new ChangedLines(workspace.Files, now.Files, renamed);
        var names = Fingerprint(result);
        return result with
        {
            Diagnostics =
            [
                .. result.Diagnostics.Where((finding, index) =>
                    finding.Rule.NeedsRevision
                    || !known.Contains(names[index])
                    || lines.Touch(finding.Location)
                    || finding.Related.Any(related => lines.Touch(related.Location))
                    || finding.Origins.Any(lines.Touch)),
            ],
            Suppressed = [.. result.Suppressed.Where(finding => lines.Touch(finding.Diagnostic.Location))],
        };
    }

    /// <inheritdoc/>
    public void Dispose() => files.Dispose();

    private HashSet<string> Names(AnalysisResult result, Dictionary<string, string> newPaths)
    {
        // A file that moved takes its findings along.
        string Moved(string path) => newPaths.TryGetValue(YamlFileCache.Normalize(Path.Combine(run.Host.CurrentDirectory, path)), out var now)
            ? Path.GetRelativePath(run.Host.CurrentDirectory, now).Replace('\\', '/')
            : path;
        return [.. Fingerprint(result, Moved)];
    }

    private ImmutableArray<string> Fingerprint(AnalysisResult result, Func<string, string>? path = null) => Fingerprints.Compute(
        new RunReport
        {
            Diagnostics = result.Diagnostics,
            ToolVersion = CliApplication.Version,
            BaseDirectory = run.Host.CurrentDirectory,
            RepositoryRoot = repository.Root,
        },
        path);
}
