using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>Runs rules over a repository. Immutable: one analyzer may serve many runs at once.</summary>
public sealed class Analyzer
{
    private readonly AnalyzerOptions options;
    private readonly RuleActions actions;

    /// <summary>An analyzer for a set of rules; the rules register here.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="options">How to run; the defaults where null.</param>
    public Analyzer(RuleSet rules, AnalyzerOptions? options = null)
    {
        this.options = options ?? new AnalyzerOptions();
        actions = new RuleActions(rules.Instances);
    }

    /// <summary>What of the model the rules ask for; the rest may be left empty.</summary>
    public ModelParts Parts => actions.Parts;

    /// <summary>Runs the rules. Never throws on what the repository holds.</summary>
    /// <param name="model">The repository.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public AnalysisResult Analyze(RepositoryModel model, CancellationToken cancellationToken = default)
    {
        var units = model.Files.Length + model.Objects.Length + 1;
        var found = new List<RawFinding>?[units];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };

        // Each unit has its own slot, so the order of the findings is that of the model, whichever thread was faster.
        Parallel.For(0, units, parallel, index => found[index] = RunUnit(model, index, cancellationToken));

        var findings = new List<RawFinding>();
        foreach (var unit in found)
        {
            findings.AddRange(unit ?? []);
        }

        return new AnalysisResult(FindingMerger.Merge(findings.ConvertAll(finding => finding.Diagnostic)), []);
    }

    private List<RawFinding> RunUnit(RepositoryModel model, int index, CancellationToken cancellationToken)
    {
        var findings = new List<RawFinding>();
        if (index < model.Files.Length)
        {
            RunFile(model, model.Files[index], findings, cancellationToken);
        }
        else if (index < model.Files.Length + model.Objects.Length)
        {
            RunObject(model, model.Objects[index - model.Files.Length], findings, cancellationToken);
        }
        else
        {
            foreach (var (source, run) in actions.Repository)
            {
                Call(source, run, new RepositoryContext(new ReportSink(source, findings), model, cancellationToken), findings);
            }
        }

        return findings;
    }

    private void RunFile(RepositoryModel model, YamlFile file, List<RawFinding> findings, CancellationToken cancellationToken)
    {
        foreach (var (source, run) in actions.Files)
        {
            Call(source, run, new FileContext(new ReportSink(source, findings), model, file, cancellationToken), findings);
        }

        if (actions.Documents.Count == 0)
        {
            return;
        }

        foreach (var document in file.Documents)
        {
            if (document.Root is not { } root)
            {
                continue;
            }

            foreach (var (source, run) in actions.Documents)
            {
                Call(source, run, new DocumentContext(new ReportSink(source, findings), model, file, document, root, cancellationToken), findings);
            }
        }
    }

    private void RunObject(RepositoryModel model, KubernetesObject item, List<RawFinding> findings, CancellationToken cancellationToken)
    {
        foreach (var (source, run) in actions.AnyObject)
        {
            Call(source, run, new ObjectContext(new ReportSink(source, findings), model, item, cancellationToken), findings);
        }

        foreach (var (source, run) in actions.ObjectsOf(item.Group, item.Kind))
        {
            Call(source, run, new ObjectContext(new ReportSink(source, findings), model, item, cancellationToken), findings);
        }
    }

    private void Call<TContext>(RuleInstance source, Action<TContext> run, TContext context, List<RawFinding> findings)
        where TContext : RuleContext
    {
        try
        {
            run(context);
        }
        catch (Exception error) when (error is not OperationCanceledException && !options.ThrowOnRuleFailure)
        {
            findings.Add(new RawFinding(source, RuleFailure(source.Rule.Descriptor, context.Place, error)));
        }
    }

    private static Diagnostic RuleFailure(RuleDescriptor rule, Location place, Exception error) => new()
    {
        Rule = RunRules.RuleFailed,
        Severity = RunRules.RuleFailed.DefaultSeverity,
        Message = $"The rule {rule.Id} {rule.Name} failed here ({error.GetType().Name}: {error.Message}); the other rules went on",
        Location = place with { Span = new TextSpan(place.Span.Start, 0) },
        Help = "This is a mistake in the rule. Please report it with this file, and turn the rule off until it is mended",
    };
}
