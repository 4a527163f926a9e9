using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Rules.Substitution;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests.Substitution;

/// <summary>The rules over variables on real repositories: what must be found, on which token, and what must not.</summary>
public sealed class CorporaSubstitutionTests
{
    [SkippableFact]
    public void A_variable_of_siblings_in_a_Kustomization_without_postBuild_is_reported() =>
        Lint("rcdailey").ShouldContain("kubernetes/apps/default/pocket-id/operator/helmrelease.yaml:29 KL5003");

    [SkippableFact]
    public void A_variable_that_no_source_holds_is_reported() =>
        Lint("stargate").ShouldContain("kubernetes/components/tailscale/ingress.yaml:10 KL5002");

    [SkippableTheory]
    [InlineData("bjw-s", 0)]
    [InlineData("kustomize-helm-example", 0)]
    [InlineData("multi-tenancy", 0)]
    [InlineData("onedr0p", 0)]
    [InlineData("radix", 0)]
    [InlineData("rcdailey", 3)]
    [InlineData("stargate", 6)]
    [InlineData("tyriis", 1)]
    public void A_whole_corpus_has_so_many_findings_each_read_by_hand(string corpus, int count) => Lint(corpus).Length.ShouldBe(count);

    private static ImmutableArray<string> Lint(string corpus)
    {
        var directory = TestPaths.Shared("corpora", corpus);
        var workspace = Workspace.Load(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = directory });
        var analyzer = new Analyzer(
            RuleSet.Of(
                new VariableUndefined(),
                new VariableEmpty(),
                new VariableLeftAsText(),
                new SubstitutionSkipped(),
                new SubstitutionSyntax(),
                new OperatorUnlikeBash(),
                new ScriptVariableSubstituted(),
                new DollarPairHalved(),
                new SubstitutedTypeNotString(),
                new SubstituteValueNotString(),
                new VariableNameInvalid(),
                new SubstituteOptOutMisspelt(),
                new VariableInSecretData(),
                new WatchLabelMisspelt(),
                new VariablesFromOwnProduct(),
                new EnvValueNotString(),
                new EnvValueReinterpreted()),
            new AnalyzerOptions { ThrowOnRuleFailure = true });
        return
        [
            .. analyzer.Analyze(RepositoryModelBuilder.Build(workspace)).Diagnostics
                .Select(finding => $"{Path.GetRelativePath(directory, finding.Location.Text.Path)}:{finding.Location.Start.Line} {finding.Rule.Id}"),
        ];
    }
}
