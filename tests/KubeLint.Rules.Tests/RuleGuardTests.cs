using KubeLint.Analysis;
using KubeLint.Testing;

namespace KubeLint.Rules.Tests;

/// <summary>Every rule keeps what is promised of rules.</summary>
public sealed class RuleGuardTests
{
    private static readonly RuleCatalog Catalog = new(BuiltInRules.All);

    public static TheoryData<string> Rules() => [.. BuiltInRules.All.Select(rule => rule.Descriptor.Id)];

    [Fact]
    public void The_registry_has_every_rule_once()
    {
        var classes = typeof(BuiltInRules).Assembly.GetTypes().Where(type => typeof(Rule).IsAssignableFrom(type) && !type.IsAbstract);

        BuiltInRules.All.Select(rule => rule.Create(OptionReader.Empty).GetType()).OrderBy(type => type.FullName, StringComparer.Ordinal)
            .ShouldBe(classes.OrderBy(type => type.FullName, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Has_good_names(string id) => RuleGuards.HasGoodNames(Catalog.Find(id)!.Descriptor);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Has_a_reference(string id) => RuleGuards.HasAReference(Catalog.Find(id)!.Descriptor);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Stands_in_the_folder_of_its_id_and_name(string id)
    {
        var page = BuiltInRules.PageName(Catalog.Find(id)!.Descriptor);

        File.Exists(Path.Combine(TestPaths.Root, "rules", page)).ShouldBeTrue($"rules/{page}");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Has_a_page(string id) => RuleGuards.HasAPage(Catalog.Find(id)!, BuiltInRules.ReadPage(Catalog.Find(id)!.Descriptor));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Examples_on_its_page_are_true(string id) =>
        new RuleGuards(Catalog).ExamplesAreTrue(Catalog.Find(id)!, BuiltInRules.ReadPage(Catalog.Find(id)!.Descriptor));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Has_cases(string id)
    {
        var rule = Catalog.Find(id)!;
        var folder = $"{id}-{rule.Descriptor.Name}";
        var names = RuleCases.Folders().Contains(folder) ? RuleCases.Names(folder) : [];
        new RuleGuards(Catalog).HasCases(rule, [.. names.Select(name => RuleCase.Read(folder, name))]);
    }

    [Fact]
    public void No_case_is_without_its_rule_and_no_snapshot_without_its_case()
    {
        foreach (var folder in RuleCases.Folders())
        {
            BuiltInRules.All.ShouldContain(rule => $"{rule.Descriptor.Id}-{rule.Descriptor.Name}" == folder, $"tests/fixtures/rules/{folder} has no rule");
            var names = RuleCases.Names(folder).ToList();
            names.ShouldAllBe(name => name.StartsWith("bad-", StringComparison.Ordinal) || name.StartsWith("good-", StringComparison.Ordinal), folder);
            var snapshots = TestPaths.Fixture("rules", folder, RuleCases.SnapshotFolder);
            foreach (var snapshot in Directory.Exists(snapshots) ? Directory.EnumerateFiles(snapshots) : [])
            {
                names.ShouldContain(Path.GetFileNameWithoutExtension(snapshot), $"{snapshot} has no case");
            }
        }
    }
}
