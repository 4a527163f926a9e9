using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests.References;

/// <summary>What the rules over references and sources find in real repositories, each finding read by hand.</summary>
public sealed class CorporaReferenceTests
{
    [SkippableTheory]
    [InlineData("rcdailey", "KL6002 kubernetes/flux/meta/repos/garage-s3-operator.yaml:11")]
    [InlineData("rcdailey", "KL2022 kubernetes/apps/media/imagemaid/kustomization.yaml:11")]
    [InlineData("rcdailey", "KL2016 kubernetes/components/cnpg-backup/kustomization.yaml:11")]
    [InlineData("rcdailey", "KL2023 kubernetes/apps/kube-system/external-secrets/infisical/ks.yaml:4")]
    [InlineData("stargate", "KL2007 kubernetes/apps/sgc/media/plex/helmrelease.yaml:33")]
    [InlineData("stargate", "KL2007 kubernetes/apps/sgc/media/plex/helmrelease.yaml:35")]
    [InlineData("tyriis", "KL2016 kubernetes/main/apps/atlantis-system/techtales-io/terraform-unifi/external-secret.yaml:6")]
    [InlineData("tyriis", "KL2016 kubernetes/main/apps/observability/blackbox-exporter/app/helm-repository.yaml:6")]
    [InlineData("tyriis", "KL2023 kubernetes/base/flux/repositories/git/dragonfly-operator.yaml:4")]
    public void Known_defects_are_reported_at_their_place(string corpus, string place) => Lint(corpus).Select(Show).ShouldContain(place);

    [SkippableTheory]
    [InlineData("bjw-s")]
    [InlineData("kustomize-helm-example")]
    [InlineData("onedr0p")]
    public void Well_kept_repositories_have_no_finding(string corpus) => Lint(corpus).Select(Show).ShouldBeEmpty();

    [SkippableTheory]
    [InlineData("multi-tenancy", "KL6009 1")]
    [InlineData("radix", "KL2023 3")]
    [InlineData("rcdailey", "KL2016 1, KL2022 1, KL2023 1, KL6002 1, KL6012 1, KL6014 1")]
    [InlineData("stargate", "KL2007 2, KL2023 2, KL6009 6, KL6012 1, KL6014 1")]
    [InlineData("tyriis", "KL2016 4, KL2023 3, KL6009 2, KL6012 4")]
    public void A_corpus_has_so_many_findings_each_read_by_hand(string corpus, string expected) =>
        string.Join(", ", Lint(corpus).GroupBy(finding => finding.Rule.Id).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}"))
            .ShouldBe(expected);

    private static string Show(Diagnostic finding) => $"{finding.Rule.Id} {finding.Location.Text.Path}:{finding.Location.Start.Line}";

    private static ImmutableArray<Diagnostic> Lint(string corpus)
    {
        var rules = BuiltInRules.All.Where(rule => rule.Descriptor is { Category: RuleCategory.References or RuleCategory.Sources, IsEnabledByDefault: true }).Select(rule => rule.Create(OptionReader.Empty));
        var workspace = Workspace.Load(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = TestPaths.Shared("corpora", corpus) });
        return new Analyzer(RuleSet.Of([.. rules]), new AnalyzerOptions { ThrowOnRuleFailure = true }).Analyze(RepositoryModelBuilder.Build(workspace)).Diagnostics;
    }
}
