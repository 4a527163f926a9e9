using KubeLint.Flux;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Analysis.Tests;

public sealed class AnalyzerTests
{
    [Fact]
    public void A_rule_that_throws_is_one_finding_and_the_others_go_on()
    {
        var result = Analyze(RuleSet.Of(new ThrowingRule(), new EveryNameRule()), "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n");

        result.Diagnostics.Select(finding => $"{finding.Location} {finding.Rule.Id} {finding.Message}").ShouldBe(
        [
            "a.yaml:1:1 KL0001 The rule KL9998 test-throwing failed here (InvalidOperationException: on purpose); the other rules went on",
            "a.yaml:4:9 KL9999 The name is one",
        ]);
    }

    [Fact]
    public void In_tests_a_rule_that_throws_ends_the_run()
    {
        var analyzer = new Analyzer(RuleSet.Of(new ThrowingRule()), new AnalyzerOptions { ThrowOnRuleFailure = true });

        Should.Throw<AggregateException>(() => analyzer.Analyze(Model("apiVersion: v1\nkind: ConfigMap\n")))
            .InnerException.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public void A_token_that_two_objects_reach_is_one_finding_that_names_both()
    {
        var model = Model("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n");
        var staging = KubernetesObject.From(InNamespace(model.Objects[0], "staging"))!;
        var production = KubernetesObject.From(InNamespace(model.Objects[0], "production"))!;

        var finding = new Analyzer(RuleSet.Of(new EveryNameRule())).Analyze(model with { Objects = [staging, production] })
            .Diagnostics.ShouldHaveSingleItem();

        finding.Object.ShouldBe(staging.Id);
        finding.OtherObjects.ShouldBe([production.Id]);
    }

    [Fact]
    public void What_rules_ask_for_decides_what_is_built()
    {
        new Analyzer(RuleSet.Of()).Parts.ShouldBe(ModelParts.None);
        new Analyzer(RuleSet.Of(new ThrowingRule())).Parts.ShouldBe(ModelParts.Files);
        new Analyzer(RuleSet.Of(new ThrowingRule(), new EveryNameRule())).Parts.ShouldBe(ModelParts.Files | ModelParts.Objects);
    }

    private static YamlMapping InNamespace(KubernetesObject item, string name)
    {
        var metadata = item.Root["metadata"]!.AsMapping()!;
        var key = new YamlScalar(metadata.Source, metadata.Span, "namespace");
        var changed = metadata.With(metadata.Entries.Add(new YamlEntry(key, new YamlScalar(metadata.Source, metadata.Span, name))));
        return item.Root.With([.. item.Root.Entries.Select(entry => entry.Name == "metadata" ? entry with { Value = changed } : entry)]);
    }

    private static AnalysisResult Analyze(RuleSet rules, string text) => new Analyzer(rules).Analyze(Model(text));

    private static RepositoryModel Model(string text) => TestRepository.Load(("a.yaml", text));

    private sealed class ThrowingRule : Rule
    {
        public override RuleDescriptor Descriptor { get; } = new("KL9998", "test-throwing", "Throws", Severity.Info);

        public override void Register(IRuleRegistrar on) => on.Document(_ => throw new InvalidOperationException("on purpose"));
    }

    private sealed class EveryNameRule : Rule
    {
        public override RuleDescriptor Descriptor { get; } = new("KL9999", "test-name", "Reports each name", Severity.Info);

        public override void Register(IRuleRegistrar on) => on.Object("", "ConfigMap", context =>
        {
            if (context.Object.Root.Get("metadata", "name") is { } name)
            {
                context.Report(name, $"The name is {name.AsScalar()!.Value}");
            }
        });
    }
}
