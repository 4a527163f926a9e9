using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests;

/// <summary>Rules that exist only here, each with a mistake, show that the guards see it.</summary>
public sealed class GuardsCanFailTests
{
    private const string Folder = "KL1999-test-rule";
    private const string Text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one # why\n";

    private const string Page = """
        # KL1999 test-rule

        ## What it does

        Reports.

        ## Why

        Because.

        ## Bad

        ```yaml bad
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: one
        ```

        ## Good

        ```yaml good
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: two
        ```

        ## Options

        None.

        ## Fix

        Writes `two`.
        """;

    private static readonly RuleDescriptor Descriptor = new("KL1999", "test-rule", "Finds what is called one", Severity.Warning) { Fix = FixSafety.Safe };

    [Fact]
    public void A_good_rule_passes_all()
    {
        var checks = Checks(Rename);
        foreach (var item in new[] { Bad(), Good() })
        {
            checks.Reports(item);
            checks.PointsAtTokens(item);
            checks.DoesNotDependOnForm(item);
            checks.CanBeSuppressed(item);
            checks.FixesAreGood(item);
            checks.HarmsNoRule(item);
        }

        RuleGuards.HasGoodNames(Descriptor);
        RuleGuards.HasAPage(Entry(Rename), Page);
        Guards(Rename).ExamplesAreTrue(Entry(Rename), Page);
        Guards(Rename).HasCases(Entry(Rename), [Bad(), Good()]);
    }

    [Fact]
    public void A_rule_that_says_nothing_of_a_bad_case_fails() => Fails(() => Checks(_ => { }).Reports(Bad()));

    [Fact]
    public void A_rule_that_reports_a_good_case_fails() => Fails(() => Checks(context => context.Report(context.Object.Root, "All is bad")).Reports(Good()));

    [Fact]
    public void A_rule_that_throws_fails() => Fails(() => Checks(_ => throw new InvalidOperationException("on purpose")).HarmsNoRule(Good()));

    [Fact]
    public void A_rule_that_points_at_nothing_fails() => Fails(() => Checks(context => context.Report(Place(context) with { Span = default }, "Nothing")).PointsAtTokens(Bad()));

    [Fact]
    public void A_rule_that_counts_code_units_of_line_ends_fails() =>
        Fails(() => Checks(context => context.Report(Place(context), $"It stands at {Place(context).Span.Start}")).DoesNotDependOnForm(Bad()));

    [Fact]
    public void A_rule_that_points_beside_its_line_cannot_be_suppressed_and_fails() =>
        Fails(() => Checks(context =>
        {
            // The place moves with the comment, so it is never the line that the comment is for.
            var text = Place(context).Text;
            context.Report(new Location(text, text.GetLineSpan(text.Content.Contains("kubelint", StringComparison.Ordinal) ? 1 : 4)), "Beside");
        }).CanBeSuppressed(Bad()));

    [Theory]
    [InlineData("it does not mend", "three", FixSafety.Safe)]
    [InlineData("it breaks the file", "\"", FixSafety.Safe)]
    [InlineData("it brings a finding of another rule", "two\n  name: two", FixSafety.Safe)]
    [InlineData("it takes a comment away", null, FixSafety.Safe)]
    [InlineData("it brings another line end", "two\n  labels: {}", FixSafety.Safe)]
    public void A_bad_fix_fails(string why, string? newText, FixSafety safety) =>
        Fails(
            () => Checks(context =>
            {
                var place = Place(context);
                var isStillBad = context.Object.Name is "one" or "three";
                var span = newText is null ? TextSpan.FromBounds(place.Span.Start, place.Text.GetLineSpan(4).End) : place.Span;
                var edit = new TextEdit(span, newText ?? "two");
                if (isStillBad)
                {
                    context.Report(place, "Bad", fixes: [new Fix("Rename it", safety, [new FileEdit(place.Text, [edit])])]);
                }
            }).FixesAreGood(Bad()),
            why);

    [Fact]
    public void A_fix_that_is_safer_than_declared_fails() => Fails(() =>
        new CaseChecks(Catalog(RuleEntry.Of(() => new TestRule(Descriptor with { Fix = FixSafety.Suggestion }, Rename)))).FixesAreGood(Bad()));

    [Fact]
    public void A_declared_fix_that_no_case_shows_fails() => Fails(() => Guards(context => context.Report(Place(context), "Bad")).HasCases(Entry(Rename), [Bad(), Good()]));

    [Fact]
    public void A_rule_that_rests_on_nothing_fails() => Fails(() => RuleGuards.HasAReference(Descriptor with { Reference = null }));

    [Fact]
    public void A_rule_without_a_good_case_fails() => Fails(() => Guards(Rename).HasCases(Entry(Rename), [Bad()]));

    [Theory]
    [InlineData("## Why", "## Reason")]
    [InlineData("Because.", "")]
    [InlineData("# KL1999 test-rule", "# KL1998 test-rule")]
    [InlineData("None.", "- `words`: there is no such option")]
    [InlineData("Writes `two`.", "There is none.")]
    public void A_wrong_page_fails(string right, string wrong) =>
        Fails(() => RuleGuards.HasAPage(Entry(Rename), Page.Replace(right, wrong, StringComparison.Ordinal)));

    [Theory]
    [InlineData("name: one", "name: two")]
    [InlineData("name: two", "name: one")]
    [InlineData("```yaml bad", "```yaml")]
    public void A_wrong_example_fails(string right, string wrong) =>
        Fails(() => Guards(Rename).ExamplesAreTrue(Entry(Rename), Page.Replace(right, wrong, StringComparison.Ordinal)));

    [Theory]
    [InlineData("KL99", "test-rule")]
    [InlineData("KL1999", "TestRule")]
    [InlineData("KL1999", "avoid-latest")]
    [InlineData("KL1999", "a-name-that-is-much-too-long-to-be-typed")]
    public void A_wrong_name_fails(string id, string name) => Fails(() => RuleGuards.HasGoodNames(new RuleDescriptor(id, name, "Title", Severity.Info)));

    private static void Fails(Action check, string? why = null) => Should.Throw<Exception>(check, why ?? "the guard lets it through");

    private static Location Place(ObjectContext context) => context.Object.Root.Get("metadata", "name")!.Location;

    private static void Rename(ObjectContext context)
    {
        if (context.Object.Name == "one")
        {
            var place = Place(context);
            context.Report(place, "It is called one", fixes: [new Fix("Rename it", FixSafety.Safe, [new FileEdit(place.Text, [new TextEdit(place.Span, "two")])])]);
        }
    }

    private static RuleCase Bad() => RuleCase.Of(Folder, "bad-test.yaml", ("a.yaml", Text));

    private static RuleCase Good() => RuleCase.Of(Folder, "good-test.yaml", ("a.yaml", Text.Replace("one", "two", StringComparison.Ordinal)));

    private static RuleEntry Entry(Action<ObjectContext> run) => RuleEntry.Of(() => new TestRule(Descriptor, run));

    private static CaseChecks Checks(Action<ObjectContext> run) => new(Catalog(Entry(run)));

    private static RuleGuards Guards(Action<ObjectContext> run) => new(Catalog(Entry(run)));

    private static RuleCatalog Catalog(RuleEntry rule) => new([.. BuiltInRules.All.Where(entry => entry.Descriptor.Category == RuleCategory.Run), rule]);

    private sealed class TestRule(RuleDescriptor descriptor, Action<ObjectContext> run) : Rule
    {
        public override RuleDescriptor Descriptor => descriptor;

        public override void Register(IRuleRegistrar on) => on.Object("", "ConfigMap", run);
    }
}
