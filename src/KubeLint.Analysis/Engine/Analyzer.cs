using System.Collections.Concurrent;
using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Flux.Images;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>Runs rules over a repository. Immutable: one analyzer may serve many runs at once.</summary>
public sealed class Analyzer
{
    private readonly RuleSet rules;
    private readonly AnalyzerOptions options;

    /// <summary>An analyzer for a set of rules.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="options">How to run; the defaults where null.</param>
    public Analyzer(RuleSet rules, AnalyzerOptions? options = null)
    {
        this.rules = rules;
        this.options = options ?? new AnalyzerOptions();
        Parts = new RuleActions([.. rules.Rules.Select(rule => rule.Instance)], this.options.Live is not null).Parts;
    }

    /// <summary>What of the model the rules ask for; the rest may be left empty.</summary>
    public ModelParts Parts { get; }

    /// <summary>Runs the rules. Never throws on what the repository holds.</summary>
    /// <param name="model">The repository.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public AnalysisResult Analyze(RepositoryModel model, CancellationToken cancellationToken = default) => Analyze(model, null, cancellationToken);

    /// <summary>Runs the rules, those between revisions too. Never throws on what the repository holds.</summary>
    /// <param name="model">The repository.</param>
    /// <param name="since">What to compare with; null to leave out the rules that need it.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public AnalysisResult Analyze(RepositoryModel model, Revision? since, CancellationToken cancellationToken = default) =>
        Analyze(model, since, null, cancellationToken);

    /// <summary>
    /// The findings in one file: those that a whole run has there. Much less work, for what an editor shows while somebody types: rules are called
    /// for what the file has a part in, and for the whole of the clusters.
    /// </summary>
    /// <param name="model">The repository.</param>
    /// <param name="file">The file's shown path.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public AnalysisResult AnalyzeFile(RepositoryModel model, string file, CancellationToken cancellationToken = default)
    {
        var result = Analyze(model, null, new FileFocus(model, file), cancellationToken);
        return new AnalysisResult(
            [.. result.Diagnostics.Where(finding => finding.Location.Text.Path == file)],
            [.. result.Suppressed.Where(finding => finding.Diagnostic.Location.Text.Path == file)]);
    }

    private AnalysisResult Analyze(RepositoryModel model, Revision? since, FileFocus? focus, CancellationToken cancellationToken)
    {
        var files = model.Workspace.SelectedFiles;
        var paths = rules.ForRun();
        var actions = new RuleActions(paths.InstancesFor(files.Select(file => file.DisplayPath)), options.Live is not null);
        var run = new RunState(model, rules.Configuration.Settings, options.Pins, options.AbsentImages, cancellationToken)
        {
            SettingsDirectory = rules.Configuration.Directory,
            FetchedSchemas = options.FetchedSchemas,
        };
        var comparisons = since is null || actions.Changes.Count == 0 ? [] : ClusterComparison.Of(since.Model, model);
        var live = new Lazy<LiveSide?>(() => options.Live is { } cluster ? new LiveSide(cluster, model) : null);
        var units = Units(run, actions, since, comparisons, live, focus);
        var first = files.Length + model.Objects.Length;
        var found = new List<RawFinding>?[first + units.Count];
        var longUnits = Enumerable.Range(0, units.Count).Where(index => units[index].IsLong).Select(index => first + index).ToList();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        var suppressions = new Lazy<SuppressionIndex>(() => new SuppressionIndex(model, rules.Catalog));
        var hidden = new Lazy<HiddenParts>(() => HiddenParts.Of(model));

        // Each unit has its own slot, so the order of the findings is that of the model, whichever thread was faster.
        Parallel.ForEach(Partitioner.Create(Batches(found.Length, longUnits), EnumerablePartitionerOptions.NoBuffering), parallel, batch =>
        {
            if (batch.From < 0)
            {
                // What is needed once all have run does not wait for that.
                _ = suppressions.Value;
                _ = hidden.Value;
                return;
            }

            var findings = new List<RawFinding>();
            for (var index = batch.From; index < batch.To; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (focus?.Takes(index) == false)
                {
                    continue;
                }

                if (index < files.Length)
                {
                    RunFile(run, actions, files[index], findings);
                }
                else if (index < first)
                {
                    RunObject(run, actions, model.Objects[index - files.Length], findings);
                }
                else
                {
                    units[index - first].Run(findings);
                }

                if (findings.Count > 0)
                {
                    found[index] = findings;
                    findings = [];
                }
            }
        });

        var kept = new List<Diagnostic>();
        var suppressed = new List<SuppressedDiagnostic>();
        foreach (var finding in Configured(found, paths, model))
        {
            if (suppressions.Value.Find(finding.Diagnostic, finding.Subject) is { } by)
            {
                suppressed.Add(new SuppressedDiagnostic(finding.Diagnostic, by.Location, by.Reason));
            }
            else
            {
                kept.Add(finding.Diagnostic);
            }
        }

        foreach (var finding in suppressions.Value.Judge(paths, rules.Configuration.Settings.RequireReason, HasRun))
        {
            if (paths.For(finding.Location.Text.Path).SeverityOf(finding.Rule) is { } severity)
            {
                kept.Add(finding with { Severity = severity });
            }
        }

        return new AnalysisResult(FindingMerger.Merge(kept), FindingMerger.Merge(suppressed)) { Notes = suppressions.Value.Notes(), Hidden = hidden.Value };
    }

    // What may take long beside what does not, from the beginning: so no thread waits long for another one in the end. The first batch is none of units.
    private static IEnumerable<(int From, int To)> Batches(int count, List<int> longUnits)
    {
        const int Size = 64;
        yield return (-1, -1);
        var next = 0;
        var start = 0;
        foreach (var end in longUnits.Append(count))
        {
            for (var from = start; from < end; from += Size)
            {
                yield return (from, Math.Min(from + Size, end));
                if (next < longUnits.Count)
                {
                    yield return (longUnits[next], longUnits[next] + 1);
                    next++;
                }
            }

            start = end + 1;
        }

        for (; next < longUnits.Count; next++)
        {
            yield return (longUnits[next], longUnits[next] + 1);
        }
    }

    // Of what a run does not look at nobody knows what would have been found.
    private bool HasRun(RuleDescriptor rule) =>
        (rule.Category != RuleCategory.Live || options.Live is not null) && (!rule.NeedsRegistry || options.AbsentImages is not null) && !rule.NeedsRevision;

    private static IEnumerable<RawFinding> Configured(List<RawFinding>?[] found, PathRules paths, RepositoryModel model)
    {
        // A build reaches files beside the linted paths, and excluded ones: what lies there was not asked for.
        var selected = model.Workspace.SelectedFiles.Select(file => file.DisplayPath).ToHashSet(StringComparer.Ordinal);
        foreach (var finding in found.OfType<List<RawFinding>>().SelectMany(unit => unit))
        {
            var diagnostic = finding.Diagnostic;
            if (finding.Subject is { } subject && model.IsOnlyIfApplied(subject))
            {
                diagnostic = diagnostic with { Message = $"{diagnostic.Message} (only if it is applied: no entry point reaches this file)" };
            }

            if (Discovery.IsYamlName(diagnostic.Location.Text.Path) && !selected.Contains(diagnostic.Location.Text.Path))
            {
                continue;
            }

            var state = paths.For(diagnostic.Location.Text.Path);
            if (state.Holds(finding.Source))
            {
                // The rule that says that another failed need not be on for that to be said.
                var severity = state.SeverityOf(diagnostic.Rule) ?? diagnostic.Severity;
                if (severity == diagnostic.Rule.DefaultSeverity && !diagnostic.Rule.HidesSource && IsSetAside(diagnostic.Location.Text.Path, model))
                {
                    severity = Severity.Info;
                }

                yield return finding with { Diagnostic = diagnostic with { Severity = severity } };
            }
        }
    }

    // In a hidden directory or an archive, and no cluster reads it: what is wrong there harms nobody, credentials aside.
    private static bool IsSetAside(string path, RepositoryModel model) =>
        !model.Clusters.IsEmpty && !model.ReachedFiles.Contains(path) && ParkedDirectories.Holds(path, ParkedDirectories.Default);

    // What is not a file or an object, in the order in which its findings are told. The parts of a cluster do not wait for each other. What looks at all of
    // a cluster or of the repository may take long.
    private List<(bool IsLong, Action<List<RawFinding>> Run)> Units(
        RunState run, RuleActions actions, Revision? since, ImmutableArray<ClusterComparison> comparisons, Lazy<LiveSide?> live, FileFocus? focus)
    {
        var units = new List<(bool IsLong, Action<List<RawFinding>> Run)>();
        foreach (var cluster in run.Model.Clusters)
        {
            foreach (var (source, action) in actions.Graphs)
            {
                units.Add((true, findings => Call(source, action, new GraphContext(new ReportSink(findings), run, cluster))));
            }

            foreach (var kustomization in actions.Kustomizations.Count > 0 ? cluster.Kustomizations : [])
            {
                if (focus?.Takes(kustomization) != false)
                {
                    units.Add((false, findings => RunKustomization(run, actions, cluster, kustomization, findings)));
                }
            }

            foreach (var release in actions.Releases.Count > 0 ? cluster.Releases : [])
            {
                if (focus?.Takes(release) != false)
                {
                    units.Add((false, findings => RunRelease(run, actions, cluster, release, findings)));
                }
            }
        }

        foreach (var (source, action) in actions.Repository)
        {
            units.Add((true, findings => Call(source, action, new RepositoryContext(new ReportSink(findings), run))));
        }

        foreach (var (source, action) in actions.Live)
        {
            units.Add((true, findings => Call(source, action, new LiveContext(new ReportSink(findings), run, live.Value!))));
        }

        foreach (var comparison in comparisons)
        {
            units.Add((true, findings => RunChange(run, actions, since!, comparison, findings)));
        }

        return units;
    }

    private void RunChange(RunState run, RuleActions actions, Revision since, ClusterComparison comparison, List<RawFinding> findings)
    {
        var context = new ChangeContext(new ReportSink(findings), run, since, comparison);
        foreach (var (source, action) in actions.Changes)
        {
            Call(source, action, context);
        }
    }

    private void RunFile(RunState run, RuleActions actions, WorkspaceFile file, List<RawFinding> findings)
    {
        // One context serves all rules: a callback keeps none.
        var sink = new ReportSink(findings);
        var context = new FileContext(sink, run, file);
        foreach (var (source, action) in actions.Files)
        {
            Call(source, action, context);
        }

        if ((actions.Documents.Count == 0 && actions.Images.Count == 0) || file.Classification.Template != TemplateKind.None)
        {
            return;
        }

        for (var i = 0; i < file.Yaml.Documents.Length; i++)
        {
            var document = file.Yaml.Documents[i];
            if (document.Root is not { } root)
            {
                continue;
            }

            if (actions.Images.Count > 0 && file.Classification.Documents[i] == DocumentKind.KustomizationFile && root.AsMapping() is { } kustomization)
            {
                RunImages(run, actions, ContainerImages.OfKustomizationFile(kustomization), null, findings);
            }

            if (actions.Documents.Count == 0)
            {
                continue;
            }

            var inDocument = new DocumentContext(sink, run, file, file.Classification.Documents[i], document, root);
            foreach (var (source, action) in actions.Documents)
            {
                Call(source, action, inDocument);
            }
        }
    }

    private void RunObject(RunState run, RuleActions actions, KubernetesObject item, List<RawFinding> findings)
    {
        var context = new ObjectContext(new ReportSink(findings, item), run, item);
        foreach (var (source, action) in actions.AnyObject)
        {
            Call(source, action, context);
        }

        foreach (var (source, action) in actions.ObjectsOf(item.Group, item.Kind))
        {
            Call(source, action, context);
        }

        if (actions.Images.Count > 0)
        {
            RunImages(run, actions, run.Model.ImagesOf(item), item, findings);
        }
    }

    private void RunKustomization(RunState run, RuleActions actions, FluxCluster cluster, FluxKustomization kustomization, List<RawFinding> findings)
    {
        var context = new KustomizationContext(new ReportSink(findings, kustomization.Object), run, cluster, kustomization);
        foreach (var (source, action) in actions.Kustomizations)
        {
            Call(source, action, context);
        }
    }

    private void RunRelease(RunState run, RuleActions actions, FluxCluster cluster, FluxHelmRelease release, List<RawFinding> findings)
    {
        var context = new HelmReleaseContext(new ReportSink(findings, release.Object), run, cluster, release);
        foreach (var (source, action) in actions.Releases)
        {
            Call(source, action, context);
        }
    }

    private void RunImages(RunState run, RuleActions actions, ImmutableArray<ContainerImage> images, KubernetesObject? owner, List<RawFinding> findings)
    {
        foreach (var image in images)
        {
            var context = new ImageContext(new ReportSink(findings, owner), run, image);
            foreach (var (source, action) in actions.Images)
            {
                Call(source, action, context);
            }
        }
    }

    private void Call<TContext>(RuleInstance source, Action<TContext> action, TContext context)
        where TContext : RuleContext
    {
        context.Sink.Source = source;
        try
        {
            action(context);
        }
        catch (Exception error) when (error is not OperationCanceledException && !options.ThrowOnRuleFailure)
        {
            context.Sink.Fail(RuleFailure(source.Rule.Descriptor, context.Place, error));
        }
    }

    private static Diagnostic RuleFailure(RuleDescriptor rule, Location place, Exception error) => new()
    {
        Rule = RunRules.RuleFailed,
        Severity = RunRules.RuleFailed.DefaultSeverity,
        Message = $"The rule {rule.Id} {rule.Name} failed here ({error.GetType().Name}: {error.Message}); the other rules went on",
        Location = place.FirstLine(),
        Help = "This is a mistake in the rule. Please report it with this file, and turn the rule off until it is mended",
    };
}
