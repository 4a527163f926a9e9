using System.Collections.Concurrent;
using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.LanguageServer.Navigation;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Repositories;

/// <summary>A repository at one moment, with the unsaved text of the editor laid over it. Immutable; what is asked of it is found once.</summary>
internal sealed class Snapshot
{
    private readonly IncrementalModel model;
    private readonly Snapshot? good;
    private readonly Lazy<AnalysisResult> all;
    private readonly Lazy<ReferenceIndex> references;
    private readonly Lazy<EffectiveNodes> effective;
    private readonly ConcurrentDictionary<string, AnalysisResult> byFile = new(StringComparer.Ordinal);

    /// <summary>A moment.</summary>
    /// <param name="setup">How the repository is linted.</param>
    /// <param name="model">What it holds.</param>
    /// <param name="open">The documents that the editor has open, by path.</param>
    /// <param name="before">The moment before; null for the first.</param>
    public Snapshot(RepositorySetup setup, IncrementalModel model, ImmutableDictionary<string, OpenDocument> open, Snapshot? before)
    {
        Setup = setup;
        this.model = model;
        Open = open;
        IsBroken = open.Keys.Any(path => IsLost(Find(path)));
        good = IsBroken ? before?.Good : null;
        all = new Lazy<AnalysisResult>(() => setup.Analyzer.Analyze(Model));
        references = new Lazy<ReferenceIndex>(() => ReferenceFinder.Find(Model));
        effective = new Lazy<EffectiveNodes>(() => new EffectiveNodes(Model));
    }

    /// <summary>How the repository is linted.</summary>
    public RepositorySetup Setup { get; }

    /// <summary>What the repository holds and what its clusters get.</summary>
    public RepositoryModel Model => model.Model;

    /// <summary>The model from which the next is made.</summary>
    public IncrementalModel Incremental => model;

    /// <summary>The documents that the editor has open, by path.</summary>
    public ImmutableDictionary<string, OpenDocument> Open { get; }

    /// <summary>Whether an open document does not parse, so that what it holds is missing here.</summary>
    public bool IsBroken { get; }

    /// <summary>The last moment at which all open documents parsed: what features answer from while somebody types. This one where it is.</summary>
    public Snapshot Good => good ?? this;

    /// <summary>What refers to what.</summary>
    public ReferenceIndex References => references.Value;

    /// <summary>Leads from what is written to what the clusters get.</summary>
    public EffectiveNodes Effective => effective.Value;

    /// <summary>All findings.</summary>
    public AnalysisResult All => all.Value;

    /// <summary>The findings in a file.</summary>
    public AnalysisResult FindingsIn(WorkspaceFile file, CancellationToken cancellationToken)
    {
        if (!all.IsValueCreated)
        {
            return byFile.TryGetValue(file.DisplayPath, out var known) ? known
                : byFile.GetOrAdd(file.DisplayPath, Setup.Analyzer.AnalyzeFile(Model, file.DisplayPath, cancellationToken));
        }

        return new AnalysisResult(
            [.. All.Diagnostics.Where(finding => finding.Location.Text.Path == file.DisplayPath)],
            [.. All.Suppressed.Where(finding => finding.Diagnostic.Location.Text.Path == file.DisplayPath)]);
    }

    /// <summary>A file that is linted, by its absolute path; null where it is not.</summary>
    public WorkspaceFile? Find(string path) => Model.Workspace.FindSelected(Model.Workspace.Files.Display(path)) is { } file && file.Path == path ? file : null;

    /// <summary>The absolute path of a shown one.</summary>
    public string PathOf(SourceText text) => YamlFileCache.Normalize(Path.Combine(Model.Workspace.BaseDirectory, text.Root.Path));

    private static bool IsLost(WorkspaceFile? file)
    {
        foreach (var problem in file?.Problems ?? [])
        {
            if (problem.Kind is YamlProblemKind.Syntax or YamlProblemKind.Limit)
            {
                return true;
            }
        }

        return false;
    }
}
