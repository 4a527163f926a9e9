using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Rules.Images;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests.Images;

/// <summary>The image rules on real repositories: what must be found, on which token, and what must not.</summary>
public sealed class CorporaImageTests
{
    [SkippableTheory]
    [InlineData("rcdailey", "kubernetes/apps/default/homepage/helmrelease.yaml", 31, "latest")]
    [InlineData("rcdailey", "kubernetes/apps/default/paperless-classifier/helmrelease.yaml", 45, "latest")]
    [InlineData("rcdailey", "kubernetes/apps/default/paperless-ngx/helmrelease.yaml", 31, "latest")]
    [InlineData("rcdailey", "kubernetes/apps/dns-private/blocky/helmrelease.yaml", 57, "latest")]
    [InlineData("rcdailey", "kubernetes/apps/home/home-assistant/helmrelease.yaml", 35, "latest")]
    [InlineData("rcdailey", "kubernetes/apps/system-upgrade/etcd-defrag/helmrelease.yaml", 57, "latest")]
    [InlineData("stargate", "kubernetes/apps/database/postgres/app/backup.yaml", 53, "latest")]
    [InlineData("stargate", "kubernetes/apps/database/storage/s3/helmrelease.yaml", 51, "latest")]
    [InlineData("stargate", "kubernetes/apps/observability/uptime-kuma/autokuma/restart.yaml", 56, "latest")]
    [InlineData("radix", "components/third-party/kube-prometheus-stack/oauth2-proxy-prometheus.yaml", 61, "Always")]
    [InlineData("rcdailey", "kubernetes/apps/default/paperless-classifier/helmrelease.yaml", 46, "Always")]
    [InlineData("stargate", "kubernetes/apps/database/postgres/app/backup.yaml", 54, "Always")]
    [InlineData("stargate", "kubernetes/apps/database/storage/s3/helmrelease.yaml", 52, "Always")]
    [InlineData("stargate", "kubernetes/apps/kube-system/1password/connect/helmrelease.yaml", 54, "Always")]
    [InlineData("stargate", "kubernetes/apps/kube-system/1password/connect/helmrelease.yaml", 68, "Always")]
    [InlineData("stargate", "kubernetes/apps/tailscale-system/operator/app/helmrelease.yaml", 60, "Always")]
    public void Known_defects_are_reported_on_their_token(string corpus, string path, int line, string token)
    {
        var finding = Lint(corpus, path).Where(item => item.Location.Start.Line == line).ShouldHaveSingleItem();

        finding.Rule.Id.ShouldBe(token == "Always" ? "KL1002" : "KL1001");
        finding.Location.Text.Content.Substring(finding.Location.Span.Start, finding.Location.Span.Length).ShouldBe(token);
    }

    [SkippableTheory]
    [InlineData("rcdailey", "kubernetes/apps/storage/garage/helmrelease.yaml")]
    [InlineData("tyriis", "kubernetes/main/apps/home-automation/govee2mqtt/app/helm-release.yaml")]
    [InlineData("onedr0p", "kubernetes/apps/kube-system/coredns/app/helmrelease.yaml")]
    [InlineData("onedr0p", "kubernetes/apps/o11y/victoria-logs/app/helmrelease.yaml")]
    [InlineData("bjw-s", "kubernetes/apps/selfhosted/nextcloud/app/helmrelease.yaml")]
    [InlineData("radix", "components/third-party/kube-prometheus-stack/helmRelease.yaml")]
    [InlineData("bjw-s", "kubernetes/apps/selfhosted/karakeep/app/helmrelease.yaml")]
    [InlineData("radix", "components/radix-platform/radix-operator/helmRelease.yaml")]
    public void Look_alikes_are_not_reported(string corpus, string path) => Lint(corpus, path).ShouldBeEmpty();

    [SkippableFact]
    public void The_deployment_that_could_not_pull_has_two_findings_and_needs_no_credentials()
    {
        Lint("stargate", "kubernetes/apps/database/storage/s3/helmrelease.yaml")
            .Select(finding => $"{finding.Location.Start.Line}:{finding.Location.Start.Column} {finding.Rule.Id}").ShouldBe(["51:20 KL1001", "52:27 KL1002"]);
    }

    [SkippableTheory]
    [InlineData("bjw-s", 0, 0)]
    [InlineData("kustomize-helm-example", 0, 0)]
    [InlineData("multi-tenancy", 0, 0)]
    [InlineData("onedr0p", 0, 0)]
    [InlineData("radix", 0, 1)]
    [InlineData("rcdailey", 6, 1)]
    [InlineData("stargate", 4, 11)]
    [InlineData("tyriis", 0, 0)]
    public void A_whole_corpus_has_so_many_findings_each_read_by_hand(string corpus, int moving, int always)
    {
        var findings = Lint(corpus, ".").ToLookup(finding => finding.Rule.Id);

        findings["KL1001"].Count().ShouldBe(moving);
        findings["KL1002"].Count().ShouldBe(always);
        findings.Where(rule => rule.Key is not ("KL1001" or "KL1002")).SelectMany(rule => rule).ShouldBeEmpty();
    }

    private static ImmutableArray<Diagnostic> Lint(string corpus, string path)
    {
        var workspace = Workspace.Load(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = TestPaths.Shared("corpora", corpus), Paths = [path] });
        var analyzer = new Analyzer(
            RuleSet.Of(
                new ImageLatestTag(),
                new ImagePullPolicyAlways(),
                new ImagePullSecretMissing(),
                new ImageMutableTagCached(),
                new ImageReferenceMalformed(),
                new ImageDigestOfOtherTag(),
                new ImageTransformerUnmatched(),
                new PullSecretUnusable(),
                new ImageMarkerMalformed(),
                new ImageMarkerIneffective(),
                new ImageMarkerDigestMissing(),
                new AutomationPushesToCheckout()),
            new AnalyzerOptions { ThrowOnRuleFailure = true });
        return analyzer.Analyze(RepositoryModelBuilder.Build(workspace)).Diagnostics;
    }
}
