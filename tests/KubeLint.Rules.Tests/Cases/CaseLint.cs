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
    public AnalysisResult One(RuleCase item) => Run(item.ToSource(), [item.RuleId], -1, default);

    /// <summary>What one rule and those of the run find in a source.</summary>
    public AnalysisResult One(RuleCase item, IFileSource source, int threads = -1) => Run(source, [item.RuleId], threads, default);

    /// <summary>What all rules find, those in preview too.</summary>
    public AnalysisResult All(IFileSource source, CancellationToken cancellationToken = default) =>
        Run(source, [.. catalog.Rules.Select(rule => rule.Descriptor.Id)], -1, cancellationToken);

    private AnalysisResult Run(IFileSource source, ImmutableArray<string> select, int threads, CancellationToken cancellationToken)
    {
        var configuration = Configuration(source);
        var rules = RuleSet.Create(catalog, configuration, new RuleSelection(select, []), TestRepository.Directory);
        var workspace = Workspace.Load(source, configuration.ToWorkspaceOptions(TestRepository.Directory), cancellationToken);
        var analyzer = new Analyzer(rules, new AnalyzerOptions { ThrowOnRuleFailure = true, MaxDegreeOfParallelism = threads });
        var model = analyzer.Parts.HasFlag(ModelParts.Objects)
            ? RepositoryModelBuilder.Build(workspace, configuration.ToFluxOptions(), cancellationToken)
            : RepositoryModel.AsWritten(workspace);
        return analyzer.Analyze(model, cancellationToken);
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
