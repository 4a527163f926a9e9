using KubeLint.Flux;
using KubeLint.Testing;

namespace KubeLint.Analysis.Tests;

public sealed class SuppressionTests
{
    private const string Head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n";

    [Theory]
    [InlineData("  name: one # kubelint: ignore[test-name] known\n")]
    [InlineData("  name: one # kubelint: ignore[KL1999]\n")]
    [InlineData("  name: one # kubelint: ignore[images]\n")]
    [InlineData("  name: one # renovate: keep # kubelint: ignore[test-name] known\n")]
    [InlineData("  # kubelint: ignore[test-name] known\n  name: one\n")]
    [InlineData("  # kubelint: ignore[KL1999]\n\n  # why\n  name: one\n")]
    [InlineData("  name: one\n  annotations:\n    kubelint.dev/ignore: KL1999\n")]
    [InlineData("  name: one\n# kubelint: ignore-file[test-name]\n")]
    public void A_suppression_silences_its_rule_and_is_used(string text)
    {
        var result = Analyze(Head + text);

        result.Diagnostics.ShouldBeEmpty();
        result.Suppressed.ShouldHaveSingleItem().Diagnostic.Message.ShouldBe("name one");
    }

    [Theory]
    [InlineData("  name: two # kubelint: ignore[test-name] old\n", "a.yaml:4:13 KL0003 The suppression of test-name suppresses nothing", "  name: two\n")]
    [InlineData("  # kubelint: ignore[test-name] old\n  name: two\n", "a.yaml:4:3 KL0003 The suppression of test-name suppresses nothing", "  name: two\n")]
    [InlineData("  name: one # kubelint: ignore[test-name, test-kind]\n", "a.yaml:4:43 KL0003 The suppression of test-kind suppresses nothing", "  name: one # kubelint: ignore[test-name]\n")]
    [InlineData("  name: one # kubelint: ignore[test-kind, test-name]\n", "a.yaml:4:32 KL0003 The suppression of test-kind suppresses nothing", "  name: one # kubelint: ignore[test-name]\n")]
    [InlineData("  name: two\n  annotations:\n    a: b\n    kubelint.dev/ignore: test-name\n", "a.yaml:7:26 KL0003 The suppression of test-name suppresses nothing", "  name: two\n  annotations:\n    a: b\n")]
    [InlineData("  name: two # keep # kubelint: ignore[test-name]\n", "a.yaml:4:20 KL0003 The suppression of test-name suppresses nothing", "  name: two # keep\n")]
    public void A_suppression_of_nothing_is_told_and_removed(string text, string expected, string mended)
    {
        var finding = Analyze(Head + text).Diagnostics.ShouldHaveSingleItem();

        $"{finding.Location} {finding.Rule.Id} {finding.Message}".ShouldBe(expected);
        var edit = finding.Fixes.ShouldHaveSingleItem().Edits.ShouldHaveSingleItem().Edits.ShouldHaveSingleItem();
        (Head + text).Remove(edit.Span.Start, edit.Span.Length).Insert(edit.Span.Start, edit.NewText).ShouldBe(Head + mended);
    }

    [Theory]
    [InlineData("  name: two # kubelint: ignore test-name\n", "a.yaml:4:13 KL0005 This comment begins like a suppression and is none, so it suppresses nothing")]
    [InlineData("  name: two # kubelint: ignore[]\n", "a.yaml:4:13 KL0005 This comment begins like a suppression and is none, so it suppresses nothing")]
    [InlineData("  name: two # kubelint: ignore[test-nam]\n", "a.yaml:4:32 KL0005 There is no rule or family 'test-nam', so nothing is suppressed; did you mean 'test-name'?")]
    [InlineData("  name: two # kubelint: ignore[KL0003]\n", "a.yaml:4:32 KL0005 The rule 'KL0003' cannot be suppressed")]
    public void A_suppression_that_cannot_work_is_told(string text, string expected)
    {
        var finding = Analyze(Head + text).Diagnostics.ShouldHaveSingleItem();

        $"{finding.Location} {finding.Rule.Id} {finding.Message}".ShouldBe(expected);
    }

    [Theory]
    [InlineData("  name: one # kubelint: ignore[test-name]\n", 1)]
    [InlineData("  name: one # kubelint: ignore[test-name] known\n", 0)]
    [InlineData("  name: one\n  annotations:\n    kubelint.dev/ignore: test-name\n", 1)]
    [InlineData("  name: one\n  annotations:\n    kubelint.dev/ignore: test-name\n    kubelint.dev/ignore-reason: known\n", 0)]
    public void A_reason_can_be_required(string text, int expected) =>
        Analyze(Head + text, "requireReason: true").Diagnostics.Count(finding => finding.Rule.Id == "KL0005").ShouldBe(expected);

    [Fact]
    public void Of_a_rule_that_is_off_nobody_knows_whether_it_is_suppressed_for_nothing() =>
        Analyze(Head + "  name: two # kubelint: ignore[test-name]\n", "rules: {test-name: off}").Diagnostics.ShouldBeEmpty();

    [Fact]
    public void A_text_that_is_no_comment_is_no_suppression()
    {
        var result = Analyze(Head + "  name: one\ndata:\n  script: |\n    # kubelint: ignore[KL1999]\n    echo\n");

        result.Diagnostics.ShouldHaveSingleItem().Rule.Id.ShouldBe("KL1999");
    }

    private static AnalysisResult Analyze(string text, string configuration = "")
    {
        RuleCatalog catalog = new(
            RuleEntry.Of(() => new TestRule(RunRules.UnusedSuppression, _ => false)),
            RuleEntry.Of(() => new TestRule(RunRules.InvalidSuppression, _ => false)),
            RuleEntry.Of(() => new TestRule(new("KL1998", "test-kind", "Finds secrets", Severity.Warning), item => item.Kind == "Secret")),
            RuleEntry.Of(() => new TestRule(new("KL1999", "test-name", "Finds names", Severity.Warning), item => item.Name == "one")));
        var cache = new Yaml.YamlFileCache(TestRepository.Source((".kubelint.yaml", configuration)), TestRepository.Directory);
        var configured = ConfigurationLoader.Load(cache, "/repo/.kubelint.yaml", catalog);
        configured.Errors.ShouldBeEmpty();
        var rules = RuleSet.Create(catalog, configured.Configuration, RuleSelection.All, TestRepository.Directory);
        return new Analyzer(rules, new AnalyzerOptions { ThrowOnRuleFailure = true }).Analyze(TestRepository.Load(("a.yaml", text)));
    }

    private sealed class TestRule(RuleDescriptor descriptor, Func<KubernetesObject, bool> isBad) : Rule
    {
        public override RuleDescriptor Descriptor => descriptor;

        public override void Register(IRuleRegistrar on) => on.Object(context =>
        {
            if (isBad(context.Object) && context.Object.Root.Get("metadata", "name") is { } name)
            {
                context.Report(name, $"name {context.Object.Name}");
            }
        });
    }
}
