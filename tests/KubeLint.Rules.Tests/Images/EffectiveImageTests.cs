using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Rules.Images;
using KubeLint.Testing;

namespace KubeLint.Rules.Tests.Images;

/// <summary>The image rules on what a cluster gets.</summary>
public sealed class EffectiveImageTests
{
    [Fact]
    public void A_variable_is_reported_where_it_stands_and_relates_what_it_is()
    {
        var finding = Lint("postBuild: {substitute: {TAG: latest}}", "image: ghcr.io/org/web:${TAG}").ShouldHaveSingleItem();

        finding.Message.ShouldStartWith("The tag 'latest' of ghcr.io/org/web moves");
        finding.Location.ToString().ShouldBe("apps/web.yaml:7:28");
        finding.Location.Span.Length.ShouldBe("${TAG}".Length);
        finding.Related.ShouldHaveSingleItem().Location.ToString().ShouldBe("clusters/home/ks.yaml:10:33");
    }

    [Theory]
    [InlineData("postBuild: {substituteFrom: [{kind: Secret, name: unknown}]}", "image: ghcr.io/org/web:${TAG}")]
    [InlineData("postBuild: {substitute: {TAG: v1}}", "image: ghcr.io/org/web:${TAG}")]
    [InlineData("images: [{name: ghcr.io/org/web, newTag: v1}]", "image: ghcr.io/org/web:latest")]
    public void What_the_cluster_gets_is_judged_and_not_what_is_written(string edit, string image) => Lint(edit, image).ShouldBeEmpty();

    [Fact]
    public void A_transformer_is_reported_once_at_its_tag()
    {
        var finding = Lint("images: [{name: ghcr.io/org/web, newTag: latest}]", "image: ghcr.io/org/web:v1").ShouldHaveSingleItem();

        finding.Location.ToString().ShouldBe("clusters/home/ks.yaml:10:44");
    }

    private static Diagnostic[] Lint(string edit, string image)
    {
        var workspace = Workspace.Load(
            TestRepository.Source(
                ("clusters/home/ks.yaml", $$"""
                    apiVersion: kustomize.toolkit.fluxcd.io/v1
                    kind: Kustomization
                    metadata: {name: apps, namespace: flux-system}
                    spec:
                      interval: 1h
                      path: ./apps
                      prune: true
                      targetNamespace: shop
                      sourceRef: {kind: GitRepository, name: flux-system}
                      {{edit}}
                    """),
                ("apps/web.yaml", $"apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  containers:\n  - name: web\n    {image}\n")),
            new WorkspaceOptions { BaseDirectory = TestRepository.Directory });
        var rules = RuleSet.Of(new ImageLatestTag(), new ImagePullPolicyAlways(), new ImagePullSecretMissing());
        return [.. new Analyzer(rules, new AnalyzerOptions { ThrowOnRuleFailure = true }).Analyze(RepositoryModelBuilder.Build(workspace)).Diagnostics];
    }
}
