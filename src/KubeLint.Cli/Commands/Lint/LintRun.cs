using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Live;
using KubeLint.Reporting;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>What a run of the linter is about, and the work on it: once, or again on changed files.</summary>
internal sealed record LintRun(
    IFileSource Source,
    ImmutableArray<string> Paths,
    ConfigurationResult Configuration,
    RuleSet Rules,
    RuleSource RuleSource,
    ClusterOptions Options,
    ImmutableDictionary<string, string> Pins,
    Timings Timings,
    CliHost Host)
{
    /// <summary>The running cluster that the repository is compared with; null where none is looked at.</summary>
    public LiveCluster? Live { get; init; }

    /// <summary>The schemas that were fetched.</summary>
    public FetchedSchemas Schemas { get; init; } = FetchedSchemas.None;

    /// <summary>What to compare with; null for nothing.</summary>
    public SinceRevision? Since { get; init; }

    /// <summary>How the clusters are built.</summary>
    public FluxOptions Flux { get; } = FluxSettings.From(Configuration.Configuration, Options, Host);

    /// <summary>Makes what runs the rules.</summary>
    public Analyzer CreateAnalyzer() => new(Rules, new AnalyzerOptions { Pins = Pins, Live = Live, FetchedSchemas = Schemas.Schemas });

    /// <summary>Reads the files.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="before">The files as they were read before; null for the first time.</param>
    /// <param name="changed">The absolute paths of those whose contents differ from then; the others are not read again.</param>
    /// <exception cref="UsageException">A path leads nowhere.</exception>
    public Workspace Load(IFileSource source, CancellationToken cancellationToken, Workspace? before = null, IReadOnlySet<string>? changed = null)
    {
        var workspace = Timings.Run(
            "Reading files",
            () => before is not null && changed is not null ? before.Edit(source, changed, cancellationToken)
                : Workspace.Load(source, Configuration.Configuration.ToWorkspaceOptions(Host.CurrentDirectory, Paths), cancellationToken),
            workspace => string.Create(CultureInfo.InvariantCulture, $"{workspace.SelectedFiles.Length} files"));
        Timings.Tell(() => workspace.Notes.Select(note => $"  skipped {note.Path}: {note.Message}"));
        return workspace.Errors.IsEmpty ? workspace
            : throw new UsageException(string.Join("\nkubelint: ", workspace.Errors.Select(error => DescribePath(error))));
    }

    /// <summary>Judges them.</summary>
    public AnalysisResult Analyze(Workspace workspace, CancellationToken cancellationToken)
    {
        var analyzer = CreateAnalyzer();
        var isBuilt = analyzer.Parts.HasFlag(ModelParts.Objects) || Since?.Revision is not null;
        var model = Timings.Run(
            "Building what the clusters get",
            () => isBuilt ? FluxSettings.Build(workspace, Flux, cancellationToken) : RepositoryModel.AsWritten(workspace),
            model => string.Create(CultureInfo.InvariantCulture, $"{model.Clusters.Length} clusters, {model.Objects.Length} objects"));
        Timings.Tell(() => isBuilt ? ModelSummary.Describe(model) : ["  nothing is built: the rules that are on look at files only"]);
        var result = Timings.Run(
            "Running rules",
            () => analyzer.Analyze(model, Since?.Revision, cancellationToken),
            result => string.Create(CultureInfo.InvariantCulture, $"{Rules.Descriptors.Count()} rules, {result.Diagnostics.Length} findings"));
        return Since is null ? result
            : Timings.Run(
                $"Comparing with {Since.Name}",
                () => Since.Limit(result, workspace),
                limited => string.Create(CultureInfo.InvariantCulture, $"{limited.Diagnostics.Length} findings are due to what changed"));
    }

    /// <summary>What reporters write.</summary>
    public RunReport Report(Workspace workspace, AnalysisResult result, bool showSuppressed) => new()
    {
        Diagnostics = result.Diagnostics,
        Rules = [.. Rules.Descriptors],
        ReadPage = RuleSource.ReadPage,
        Suppressed = showSuppressed ? result.Suppressed : [],
        Notes = Notes(workspace, result.Notes),
        FileCount = workspace.SelectedFiles.Length,
        ToolVersion = CliApplication.Version,
        BaseDirectory = workspace.BaseDirectory,
        RepositoryRoot = workspace.RepositoryRoot,
    };

    private ImmutableArray<RunNote> Notes(Workspace workspace, ImmutableArray<AnalysisNote> notes) =>
    [
        .. Configuration.Notes.Concat(notes).Select(note => new RunNote(RunNoteKind.Configuration, Severity.Info, note.Message, note.Location)),
        .. Schemas.Notes,
        // A folder of templates is one thing to know, not one for each of them.
        .. workspace.Notes.GroupBy(note => note.Message, StringComparer.Ordinal).Select(group => new RunNote(
            RunNoteKind.Execution,
            Severity.Info,
            group.Count() == 1 ? $"{group.First().Path}: {group.Key}"
                : string.Create(CultureInfo.InvariantCulture, $"{group.First().Path} and {group.Count() - 1} more: {group.Key}"))),
    ];

    private static string DescribePath(WorkspaceError error)
    {
        var verb = NearestName.Find(error.Path, Verbs.All().Select(verb => verb.Name));
        return verb is null ? error.Message : $"{error.Message}; did you mean the command '{verb}'?";
    }
}
