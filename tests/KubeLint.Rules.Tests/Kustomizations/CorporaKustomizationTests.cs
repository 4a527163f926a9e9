using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests.Kustomizations;

/// <summary>The rules over Kustomizations on real repositories: what must be found, at which place, and what must not.</summary>
public sealed class CorporaKustomizationTests(CorporaKustomizationTests.Corpora corpora) : IClassFixture<CorporaKustomizationTests.Corpora>
{
    [SkippableTheory]
    [InlineData("stargate", "kubernetes/apps/democratic-csi/truenas/stash/kustomization.yaml:23:15", "KL0006")]
    [InlineData("stargate", "kubernetes/apps/democratic-csi/truenas/iscsi-stash/kustomization.yaml:26:15", "KL0006")]
    [InlineData("stargate", "kubernetes/apps/flux-system/tofu/app/kustomization.yaml:6:5", "KL4053")]
    [InlineData("rcdailey", "kubernetes/apps/kube-system/external-secrets/infisical/ks.yaml:4:7", "KL4051")]
    [InlineData("tyriis", "kubernetes/base/flux/repositories/git/dragonfly-operator.yaml:4:7", "KL2023")]
    [InlineData("radix", "clusters/c3/healthChecks.yaml:2:7", "KL4051")]
    [InlineData("radix", "clusters/c3/infrastructure/third-party/cert-manager-issuers.yaml:11:9", "KL4004")]
    [InlineData("rcdailey", "kubernetes/components/drift-detection/kustomization.yaml:10:11", "KL4058")]
    [InlineData("stargate", "kubernetes/components/common/kustomization.yaml:20:14", "KL4058")]
    public void Known_defects_are_reported_at_their_place(string corpus, string place, string id) =>
        corpora.Lint(corpus).Where(finding => finding.Location.ToString() == place).Select(finding => finding.Rule.Id).ShouldContain(id);

    [SkippableTheory]
    [InlineData("kustomize-helm-example", "clusters/staging/apps.yaml")]
    [InlineData("tyriis", "kubernetes/main/apps/default/echo-server/app/kustomization.yaml")]
    [InlineData("bjw-s", "kubernetes/bootstrap/kustomize/kustomization.yaml")]
    [InlineData("onedr0p", "kubernetes/apps/actions-runner-system/actions-runner-controller/runners/home-ops/rbac.yaml")]
    [InlineData("tyriis", "kubernetes/components/dragonfly/role-binding.yaml")]
    [InlineData("onedr0p", "kubernetes/apps/default/recyclarr/app/resources/recyclarr.yml")]
    public void Look_alikes_are_not_reported(string corpus, string path) =>
        corpora.Lint(corpus).Where(finding => finding.Location.Text.Path == path).ShouldBeEmpty();

    // The three errors besides in stargate are paths that the copy here has not.
    [SkippableTheory]
    [InlineData("bjw-s", "KL4007: 3")]
    [InlineData("kustomize-helm-example", "")]
    [InlineData("multi-tenancy", "")]
    [InlineData("onedr0p", "")]
    [InlineData("radix", "KL4006: 11, KL4051: 7, KL4054: 1")]
    [InlineData("rcdailey", "KL4006: 1, KL4051: 1, KL4058: 1")]
    [InlineData("stargate", "KL0006: 2, KL4001: 3, KL4006: 6, KL4012: 17, KL4051: 11, KL4053: 1, KL4058: 1")]
    [InlineData("tyriis", "KL4006: 1")]
    public void A_whole_corpus_has_so_many_findings_each_read_by_hand(string corpus, string expected) =>
        string.Join(", ", corpora.Lint(corpus).Where(finding => finding.Severity >= Severity.Warning && finding.Rule.Id != "KL2023")
            .GroupBy(finding => finding.Rule.Id).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}: {group.Count()}")).ShouldBe(expected);

    public sealed class Corpora
    {
        private readonly Dictionary<string, ImmutableArray<Diagnostic>> known = new(StringComparer.Ordinal);

        public ImmutableArray<Diagnostic> Lint(string corpus)
        {
            if (known.TryGetValue(corpus, out var found))
            {
                return found;
            }

            var workspace = Workspace.Load(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = TestPaths.Shared("corpora", corpus) });
            var rules = RuleSet.Create(new RuleCatalog(BuiltInRules.All), LintConfiguration.Default, new RuleSelection(["KL4", "KL0006", "KL2023"], []), workspace.BaseDirectory);
            var result = new Analyzer(rules, new AnalyzerOptions { ThrowOnRuleFailure = true }).Analyze(RepositoryModelBuilder.Build(workspace)).Diagnostics;
            known.Add(corpus, result);
            return result;
        }
    }
}
