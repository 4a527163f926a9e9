using KubeLint.Analysis;
using KubeLint.Dev;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests;

public sealed class GeneratedFilesTests
{
    [Fact]
    public void Schema_and_pages_are_what_the_rules_say() =>
        GeneratedFiles.FindStale(TestPaths.Root).ShouldBeEmpty("run: dotnet run --project tools/KubeLint.Dev -- generate");

    [Fact]
    public void A_changed_file_is_seen_and_written_again()
    {
        using var folder = new TempFolder();
        GeneratedFiles.Write(folder.Path).ShouldContain("schemas/kubelint.schema.json");
        GeneratedFiles.FindStale(folder.Path).ShouldBeEmpty();

        File.AppendAllText(Path.Combine(folder.Path, "docs/rules/KL1001.md"), "more");
        File.WriteAllText(Path.Combine(folder.Path, "docs/rules/KL1999.md"), "gone");

        GeneratedFiles.Write(folder.Path).ShouldBe(["docs/rules/KL1001.md", "docs/rules/KL1999.md"]);
        GeneratedFiles.FindStale(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_schema_and_the_reader_know_the_same_settings()
    {
        // A configuration with each key of the schema, each wrong: what the reader does not know would be "no setting".
        var schema = await NJsonSchema.JsonSchema.FromFileAsync(Path.Combine(TestPaths.Root, "schemas/kubelint.schema.json"));
        foreach (var key in schema.Properties.Keys)
        {
            Errors($"{key}: 1.5\n").ShouldNotContain(error => error.Contains("There is no setting"), key);
        }

        foreach (var key in schema.Definitions["rules"].Properties.Keys)
        {
            Errors($"rules:\n  {key}: error\n").ShouldBeEmpty(key);
        }

        Errors("nonsense: 1\n").ShouldHaveSingleItem().ShouldContain("There is no setting");
    }

    [Theory]
    [InlineData("images", "Image-Latest")]
    [InlineData("imagess", "image-latest")]
    [InlineData("images", "single")]
    public void A_wrong_name_for_a_new_rule_is_refused(string family, string name)
    {
        using var folder = new TempFolder();

        Should.Throw<ArgumentException>(() => NewRule.Write(folder.Path, family, name));
    }

    [Fact]
    public void A_new_rule_has_the_next_id_a_page_that_passes_and_cases()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "rules/helm-releases/KL3004-some-rule"));

        NewRule.Write(folder.Path, "KL3", "release-without-values").ShouldBe(
        [
            "rules/helm-releases/KL3005-release-without-values/ReleaseWithoutValues.cs",
            "rules/helm-releases/KL3005-release-without-values/README.md",
            "tests/fixtures/rules/KL3005-release-without-values/bad-example.yaml",
            "tests/fixtures/rules/KL3005-release-without-values/good-example.yaml",
        ]);
        Should.Throw<ArgumentException>(() => NewRule.Write(folder.Path, "KL3", "release-without-values"));

        var page = File.ReadAllText(Path.Combine(folder.Path, "rules/helm-releases/KL3005-release-without-values/README.md"));
        RuleGuards.HasAPage(RuleEntry.Of(() => new SomeRule()), page);
    }

    private static IEnumerable<string> Errors(string text)
    {
        var cache = new YamlFileCache(TestRepository.Source((LintConfiguration.FileName, text)), TestRepository.Directory);
        return ConfigurationLoader.Load(cache, $"{TestRepository.Directory}/{LintConfiguration.FileName}", new RuleCatalog(BuiltInRules.All)).Errors.Select(error => error.Message);
    }

    private sealed class SomeRule : Rule
    {
        public override RuleDescriptor Descriptor { get; } = new("KL3005", "release-without-values", "Title", Severity.Info);

        public override void Register(IRuleRegistrar on)
        {
        }
    }

    private sealed class TempFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("kubelint").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
