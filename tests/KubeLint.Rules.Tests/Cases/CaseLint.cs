using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Cluster.Live;
using KubeLint.Cluster.Snapshots;
using KubeLint.Flux;
using KubeLint.Flux.Live;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests;

/// <summary>Lints cases in memory, with a case's own <c>.kubelint.yaml</c> where it has one. A rule that throws ends the test.</summary>
/// <param name="catalog">The rules that there are.</param>
public sealed class CaseLint(RuleCatalog catalog)
{
    /// <summary>What one rule and those of the run find.</summary>
    public AnalysisResult One(RuleCase item) => One(item, item.ToSource());

    /// <summary>What one rule and those of the run find in a source.</summary>
    public AnalysisResult One(RuleCase item, IFileSource source, int threads = -1) => Run(item, source, [item.RuleId], threads, default);

    /// <summary>What all rules find, those in preview too.</summary>
    public AnalysisResult All(RuleCase item, IFileSource source, CancellationToken cancellationToken = default) =>
        Run(item, source, [.. catalog.Rules.Select(rule => rule.Descriptor.Id)], -1, cancellationToken);

    private AnalysisResult Run(RuleCase item, IFileSource source, ImmutableArray<string> select, int threads, CancellationToken cancellationToken)
    {
        var configuration = Configuration(source);
        var rules = RuleSet.Create(catalog, configuration, new RuleSelection(select, []), TestRepository.Directory);
        var options = new AnalyzerOptions { ThrowOnRuleFailure = true, MaxDegreeOfParallelism = threads, AbsentImages = Absent(item) };
        if (item.Cluster.Count > 0)
        {
            var whole = Model(source, isBuilt: true);
            return new Analyzer(rules, options with { Live = Live(item, whole) }).Analyze(whole, null, cancellationToken);
        }

        var analyzer = new Analyzer(rules, options);
        var isBuilt = (analyzer.Parts & (ModelParts.Objects | ModelParts.Changes)) != 0;
        var since = item.HasBefore ? new Revision("main", Model(item.ToSourceBefore(), isBuilt)) : null;
        return analyzer.Analyze(Model(source, isBuilt), since, cancellationToken);

        RepositoryModel Model(IFileSource files, bool isBuilt)
        {
            var workspace = Workspace.Load(files, configuration.ToWorkspaceOptions(TestRepository.Directory), cancellationToken);
            return isBuilt ? RepositoryModelBuilder.Build(workspace, configuration.ToFluxOptions(), cancellationToken) : RepositoryModel.AsWritten(workspace);
        }
    }

    private static ImmutableDictionary<string, string>? Absent(RuleCase item) =>
        item.Registry.Count == 0 ? null
        : item.Registry.SelectMany(file => YamlJson.Documents(file.Key, System.Text.Encoding.UTF8.GetString(file.Value))).SelectMany(document => document)
            .ToImmutableDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>(), StringComparer.Ordinal);

    // The same way as for a running cluster, from the second step on: only the HTTP is missing.
    private static LiveCluster Live(RuleCase item, RepositoryModel model)
    {
        var reader = new CaseCluster(item, model);
        return new LiveCollector(reader, new SecretScrubber()) { History = (_, _, _) => Task.FromResult(reader.Head) }
            .CollectAsync(model, [], default).GetAwaiter().GetResult();
    }

    private LintConfiguration Configuration(IFileSource source)
    {
        if (ConfigurationLoader.Find(source, TestRepository.Directory) is not { } path)
        {
            return LintConfiguration.Default;
        }

        var result = ConfigurationLoader.Load(new YamlFileCache(source, TestRepository.Directory), path, catalog);
        result.Errors.Select(error => $"{error.Location} {error.Message}").ShouldBeEmpty();
        return result.Configuration;
    }
}
