using System.Text.RegularExpressions;

using KubeLint.Testing;

namespace KubeLint.Rules.Tests;

/// <summary><c>docs/rules/coverage.md</c> says what the rules cover.</summary>
public sealed partial class CoverageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(TestPaths.Root, "docs/rules/coverage.md"));

    [Fact]
    public void Each_id_on_the_page_is_a_rule()
    {
        var ids = BuiltInRules.All.Select(rule => rule.Descriptor.Id).ToHashSet();

        Id().Matches(Page).Select(match => match.Value).Where(id => !ids.Contains(id)).ShouldBeEmpty();
    }

    [Fact]
    public void Each_rule_stands_on_the_page()
    {
        var named = Id().Matches(Page).Select(match => match.Value).ToHashSet();

        BuiltInRules.All.Select(rule => rule.Descriptor.Id).Where(id => !named.Contains(id)).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_left_open_and_little_is_no_rule()
    {
        Page.ShouldNotContain("| open |");
        Page.Split('\n').Count(line => line.StartsWith('|') && line.Contains("no rule", StringComparison.OrdinalIgnoreCase)).ShouldBeLessThanOrEqualTo(10);
    }

    [Fact]
    public void There_are_as_many_rules_as_were_wanted() => BuiltInRules.All.Length.ShouldBeGreaterThanOrEqualTo(110);

    [GeneratedRegex("KL[0-9]{4}", RegexOptions.NonBacktracking)]
    private static partial Regex Id();
}
