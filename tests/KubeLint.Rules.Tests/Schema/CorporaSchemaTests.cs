using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests.Schema;

/// <summary>The schema rules on real repositories: what must be found, and what must not.</summary>
public sealed class CorporaSchemaTests
{
    [SkippableFact]
    public void The_known_deprecated_version_is_reported_on_its_token()
    {
        var finding = Lint("multi-tenancy", ".").ShouldHaveSingleItem();

        finding.Rule.Id.ShouldBe("KL8002");
        finding.Location.ToString().ShouldBe("infrastructure/kyverno/source.yaml:1:13");
    }

    [SkippableTheory]
    [InlineData("tyriis", "kubernetes/main/apps/gaming/minecraft-java/public-lobby-world/helm-release.patch.yaml")]
    [InlineData("kustomize-helm-example", "apps/staging/podinfo-values.yaml")]
    [InlineData("onedr0p", "kubernetes/apps/o11y/kube-prometheus-stack/app/alertmanagerconfig.yaml")]
    [InlineData("rcdailey", "kubernetes/components/volsync/replicationsource.yaml")]
    [InlineData("bjw-s", "kubernetes/components/dragonfly/cluster.yaml")]
    public void Look_alikes_are_not_reported(string corpus, string path) => Lint(corpus, path).ShouldBeEmpty();

    [SkippableTheory]
    [InlineData("bjw-s", "")]
    [InlineData("kustomize-helm-example", "")]
    [InlineData("onedr0p", "")]
    [InlineData("radix", "")]
    [InlineData("rcdailey", "")]
    [InlineData("stargate", "KL8010 1")]
    [InlineData("tyriis", "")]
    public void A_whole_corpus_has_so_many_findings_each_read_by_hand(string corpus, string expected) =>
        string.Join(", ", Lint(corpus, ".").CountBy(finding => finding.Rule.Id).OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}"))
            .ShouldBe(expected);

    private static ImmutableArray<Diagnostic> Lint(string corpus, string path)
    {
        var workspace = Workspace.Load(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = TestPaths.Shared("corpora", corpus), Paths = [path] });
        var rules = BuiltInRules.All.Where(rule => rule.Descriptor.Category == RuleCategory.Schema && rule.Descriptor.IsEnabledByDefault);
        var analyzer = new Analyzer(RuleSet.Of(rules.Select(rule => rule.Create(OptionReader.Empty))), new AnalyzerOptions { ThrowOnRuleFailure = true });
        return analyzer.Analyze(RepositoryModelBuilder.Build(workspace)).Diagnostics;
    }
}
