using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
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
    public AnalysisResult One(RuleCase item, IFileSource source, int threads = -1) =>
        Run(source, item.HasBefore ? item.ToSourceBefore() : null, [item.RuleId], threads, default);

    /// <summary>What all rules find, those in preview too.</summary>
    public AnalysisResult All(RuleCase item, IFileSource source, CancellationToken cancellationToken = default) =>
        Run(source, item.HasBefore ? item.ToSourceBefore() : null, [.. catalog.Rules.Select(rule => rule.Descriptor.Id)], -1, cancellationToken);

    private AnalysisResult Run(IFileSource source, IFileSource? before, ImmutableArray<string> select, int threads, CancellationToken cancellationToken)
    {
        var configuration = Configuration(source);
        var rules = RuleSet.Create(catalog, configuration, new RuleSelection(select, []), TestRepository.Directory);
        var analyzer = new Analyzer(rules, new AnalyzerOptions { ThrowOnRuleFailure = true, MaxDegreeOfParallelism = threads });
        var since = before is null ? null : new Revision("main", Model(before));
        return analyzer.Analyze(Model(source), since, cancellationToken);

        RepositoryModel Model(IFileSource files)
        {
            var workspace = Workspace.Load(files, configuration.ToWorkspaceOptions(TestRepository.Directory), cancellationToken);
            return (analyzer.Parts & (ModelParts.Objects | ModelParts.Changes)) != 0
                ? RepositoryModelBuilder.Build(workspace, configuration.ToFluxOptions(), cancellationToken)
                : RepositoryModel.AsWritten(workspace);
        }
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
