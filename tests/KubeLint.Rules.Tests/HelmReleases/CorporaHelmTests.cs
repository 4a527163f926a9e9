using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests.HelmReleases;

/// <summary>The rules of HelmReleases on real repositories: what must be found, on which token, and what must not.</summary>
public sealed class CorporaHelmTests
{
    [SkippableTheory]
    [InlineData("stargate", "KL3002", "kubernetes/apps/flux-system/weave/app/helmrelease.yaml", 33, "weave-gitops")]
    [InlineData("stargate", "KL3026", "kubernetes/apps/sgc/media/plex/helmrelease.yaml", 173, "app")]
    [InlineData("tyriis", "KL3020", "kubernetes/main/apps/observability/loki/app/helm-release.yaml", 115, "loki.storage.bucketNames.chunks")]
    [InlineData("rcdailey", "KL3009", "kubernetes/apps/kube-system/intel-gpu-resource-driver/ocirepository.yaml", 6, "intel-gpu-resource-driver")]
    [InlineData("radix", "KL3010", "components/third-party/velero/helmRelease.yaml", 6, "velero")]
    public void Known_defects_are_reported_on_their_token(string corpus, string rule, string path, int line, string token)
    {
        var finding = Lint(corpus).Where(item => item.Rule.Id == rule && item.Location.Text.Path == path && item.Location.Start.Line == line).ShouldHaveSingleItem();

        finding.Location.Text.Content.Substring(finding.Location.Span.Start, finding.Location.Span.Length).ShouldBe(token);
    }

    [SkippableTheory]
    [InlineData("onedr0p")]
    [InlineData("bjw-s")]
    [InlineData("kustomize-helm-example")]
    [InlineData("multi-tenancy")]
    public void Well_kept_repositories_are_silent(string corpus) => Lint(corpus).Select(finding => $"{finding.Location} {finding.Rule.Id}").ShouldBeEmpty();

    [SkippableFact]
    public void Patches_that_complete_nothing_by_themselves_are_no_releases() => Lint("tyriis").ShouldNotContain(finding => finding.Rule.Id == "KL3001");

    private static ImmutableArray<Diagnostic> Lint(string corpus)
    {
        var catalog = new RuleCatalog(BuiltInRules.All);
        var rules = catalog.Rules.Where(rule => rule.Descriptor is { Category: RuleCategory.HelmReleases, IsEnabledByDefault: true });
        var workspace = Workspace.Load(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = TestPaths.Shared("corpora", corpus), Paths = ["."] });
        var analyzer = new Analyzer(RuleSet.Of([.. rules.Select(rule => rule.Create(OptionReader.Empty))]), new AnalyzerOptions { ThrowOnRuleFailure = true });
        return analyzer.Analyze(RepositoryModelBuilder.Build(workspace)).Diagnostics;
    }
}
