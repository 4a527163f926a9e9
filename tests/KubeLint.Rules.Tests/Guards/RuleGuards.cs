using System.Text.RegularExpressions;

using KubeLint.Analysis;

namespace KubeLint.Rules.Tests;

/// <summary>What holds for every rule's descriptor, page and cases.</summary>
/// <param name="catalog">The rules that there are.</param>
public sealed partial class RuleGuards(RuleCatalog catalog)
{
    public static readonly string[] Headings = ["What it does", "Why", "Bad", "Good", "Options", "Fix"];

    /// <summary>Names say what is wrong, not what to do.</summary>
    private static readonly string[] BadWords = ["avoid", "no", "do", "use", "should", "must"];

    private readonly CaseChecks checks = new(catalog);

    /// <summary>Id and name are as they should be.</summary>
    public static void HasGoodNames(RuleDescriptor rule)
    {
        Id().IsMatch(rule.Id).ShouldBeTrue($"'{rule.Id}' is KL and four digits");
        Name().IsMatch(rule.Name).ShouldBeTrue($"'{rule.Name}' is in kebab case");
        rule.Name.Length.ShouldBeLessThanOrEqualTo(36, $"'{rule.Name}' is too long");
        BadWords.AsEnumerable().ShouldNotContain(rule.Name.Split('-')[0], customMessage: $"'{rule.Name}' names the pattern that is flagged, not what to do");
        rule.Title.ShouldNotEndWith(".", customMessage: rule.Id);
        char.IsUpper(rule.Title[0]).ShouldBeTrue($"the title of {rule.Id} begins with a capital letter");
    }

    /// <summary>What is judged of Flux or Kubernetes rests on a page of theirs.</summary>
    public static void HasAReference(RuleDescriptor rule)
    {
        if (rule.Category == RuleCategory.Run)
        {
            return;
        }

        rule.Reference.ShouldNotBeNull($"{rule.Id} names the page that it rests on");
        rule.Reference.Scheme.ShouldBe("https", rule.Id);
    }

    /// <summary>The page has its headings in order, and speaks of the rule, its options and its fix.</summary>
    public static void HasAPage(RuleEntry rule, string markdown)
    {
        var page = new PageUnderTest(markdown);
        page.Title.ShouldBe($"{rule.Descriptor.Id} {rule.Descriptor.Name}");
        page.Headings.ToArray().ShouldBe(Headings, $"the headings of {rule.Descriptor.Id}");
        foreach (var heading in Headings)
        {
            page.Section(heading).ShouldNotBeEmpty($"{rule.Descriptor.Id}: {heading}");
        }

        page.Items("Options").Order(StringComparer.Ordinal)
            .ShouldBe(rule.Options.Select(option => option.Name).Order(StringComparer.Ordinal), $"the options on the page of {rule.Descriptor.Id}");
        page.Section("Fix").StartsWith("There is none", StringComparison.Ordinal)
            .ShouldBe(rule.Descriptor.Fix is null, $"the page of {rule.Descriptor.Id} says 'There is none' where, and only where, there is no fix");
    }

    /// <summary>The page's examples are what they say.</summary>
    public void ExamplesAreTrue(RuleEntry rule, string markdown)
    {
        var page = new PageUnderTest(markdown);
        var folder = $"{rule.Descriptor.Id}-{rule.Descriptor.Name}";
        var bad = page.Blocks("Bad", "bad").ToList();
        var good = page.Blocks("Good", "good").ToList();
        if (rule.Descriptor.Id != RunRules.RuleFailed.Id)
        {
            // Nothing that a repository holds makes a rule throw.
            bad.ShouldNotBeEmpty($"{rule.Descriptor.Id} shows a ```yaml bad block");
            good.ShouldNotBeEmpty($"{rule.Descriptor.Id} shows a ```yaml good block");
        }

        bad.ForEach(files => checks.Reports(RuleCase.Of(folder, "bad-on-its-page", files)));
        good.ForEach(files => checks.Reports(RuleCase.Of(folder, "good-on-its-page", files)));
    }

    /// <summary>There are cases of both kinds, and fixes as safe as declared are seen in one.</summary>
    public void HasCases(RuleEntry rule, IReadOnlyList<RuleCase> cases)
    {
        if (rule.Descriptor.Id == RunRules.RuleFailed.Id)
        {
            return;
        }

        cases.ShouldContain(item => item.IsBad, $"{rule.Descriptor.Id} has a bad case");
        cases.ShouldContain(item => !item.IsBad, $"{rule.Descriptor.Id} has a good case");
        if (rule.Descriptor.Fix is { } safety)
        {
            cases.SelectMany(checks.Found).SelectMany(finding => finding.Fixes)
                .ShouldContain(fix => fix.Safety == safety, $"{rule.Descriptor.Id} declares a fix that is {safety}, and no case shows it");
        }
    }

    [GeneratedRegex("^KL[0-9]{4}$", RegexOptions.NonBacktracking)]
    private static partial Regex Id();

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)+$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
