using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests.Security;

/// <summary>The rules over tenants and workloads on real repositories: each finding was read by hand.</summary>
public sealed class CorporaSecurityTests
{
    [SkippableTheory]
    [InlineData("bjw-s", "KL7025")]
    [InlineData("kustomize-helm-example", "")]
    [InlineData("multi-tenancy", "KL7024")]
    [InlineData("onedr0p", "KL7025 KL7040 KL7043")]
    [InlineData("radix", "KL7040 KL7041 KL7043")]
    [InlineData("rcdailey", "KL7025 KL7040 KL7041 KL7043")]
    [InlineData("stargate", "KL7025 KL7040 KL7041 KL7041")]
    [InlineData("tyriis", "KL7040 KL7040 KL7040 KL7041 KL7041 KL7041")]
    public void A_whole_corpus_has_these_findings_none_above_info(string corpus, string ids)
    {
        var rules = BuiltInRules.All.Where(rule => rule.Descriptor.IsEnabledByDefault && IsOurs(rule.Descriptor.Id)).Select(rule => rule.Create(OptionReader.Empty));
        var workspace = Workspace.Load(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = TestPaths.Shared("corpora", corpus), Paths = ["."] });
        var analyzer = new Analyzer(RuleSet.Of(rules), new AnalyzerOptions { ThrowOnRuleFailure = true });

        var findings = analyzer.Analyze(RepositoryModelBuilder.Build(workspace)).Diagnostics;

        findings.Where(finding => finding.Severity > Severity.Info).Select(finding => $"{finding.Location} {finding.Message}").ShouldBeEmpty();
        string.Join(' ', findings.Select(finding => finding.Rule.Id).Order(StringComparer.Ordinal)).ShouldBe(ids);
    }

    // Those over secrets stand in the same family.
    private static bool IsOurs(string id) => string.CompareOrdinal(id, "KL7020") >= 0 && string.CompareOrdinal(id, "KL7099") <= 0;
}
