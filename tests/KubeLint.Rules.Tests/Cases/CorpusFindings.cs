using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests;

/// <summary>What rules find in a real repository.</summary>
public static class CorpusFindings
{
    /// <summary>The findings as <c>path:line id</c>; skips the test where the repositories are not there.</summary>
    public static ImmutableArray<string> Of(string corpus, params ImmutableArray<Rule> rules)
    {
        var directory = TestPaths.Shared("corpora", corpus);
        var workspace = Workspace.Load(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = directory });
        var analyzer = new Analyzer(RuleSet.Of([.. rules]), new AnalyzerOptions { ThrowOnRuleFailure = true });
        return [.. analyzer.Analyze(RepositoryModelBuilder.Build(workspace)).Diagnostics.Select(finding => $"{finding.Location.Text.Path}:{finding.Location.Start.Line} {finding.Rule.Id}")];
    }
}
