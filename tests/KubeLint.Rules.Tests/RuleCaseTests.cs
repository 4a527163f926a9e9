using KubeLint.Analysis;
using KubeLint.Testing;

namespace KubeLint.Rules.Tests;

/// <summary>Every case of every rule, without being listed anywhere.</summary>
public sealed class RuleCaseTests
{
    private static readonly CaseChecks Checks = new(new RuleCatalog(BuiltInRules.All));

    [Theory]
    [MemberData(nameof(RuleCases.All), MemberType = typeof(RuleCases))]
    public void Reports_bad_cases_and_no_good_ones(string rule, string name) => Checks.Reports(RuleCase.Read(rule, name));

    [Theory]
    [MemberData(nameof(RuleCases.All), MemberType = typeof(RuleCases))]
    public void Prints_what_its_snapshot_says(string rule, string name)
    {
        var item = RuleCase.Read(rule, name);
        if (!item.IsBad)
        {
            return;
        }

        try
        {
            Snapshots.Match(Checks.Print(item), $"{name}.txt", $"tests/fixtures/rules/{rule}");
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(
                $"{error.Message}\n\nWhere the new text is right, take it over:\n  rm tests/fixtures/rules/{rule}/{RuleCases.SnapshotFolder}/{name}.txt && dotnet test tests/KubeLint.Rules.Tests --filter {nameof(Prints_what_its_snapshot_says)}",
                error);
        }
    }

    [Theory]
    [MemberData(nameof(RuleCases.All), MemberType = typeof(RuleCases))]
    public void Points_at_tokens(string rule, string name) => Checks.PointsAtTokens(RuleCase.Read(rule, name));

    [Theory]
    [MemberData(nameof(RuleCases.All), MemberType = typeof(RuleCases))]
    public void Does_not_depend_on_form(string rule, string name) => Checks.DoesNotDependOnForm(RuleCase.Read(rule, name));

    [Theory]
    [MemberData(nameof(RuleCases.All), MemberType = typeof(RuleCases))]
    public void Can_be_suppressed(string rule, string name) => Checks.CanBeSuppressed(RuleCase.Read(rule, name));

    [Theory]
    [MemberData(nameof(RuleCases.All), MemberType = typeof(RuleCases))]
    public void Fixes_are_good(string rule, string name) => Checks.FixesAreGood(RuleCase.Read(rule, name));

    [Theory]
    [MemberData(nameof(RuleCases.All), MemberType = typeof(RuleCases))]
    public void Harms_no_rule(string rule, string name) => Checks.HarmsNoRule(RuleCase.Read(rule, name));
}
