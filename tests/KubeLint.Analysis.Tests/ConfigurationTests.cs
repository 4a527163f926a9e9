using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Analysis.Tests;

public sealed class ConfigurationTests
{
    private const string ConfigMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n";

    [Theory]
    [InlineData("rules:\n  test-wordz: error\n", ".kubelint.yaml:2:3 There is no rule or family 'test-wordz'; did you mean 'test-words'?")]
    [InlineData("rules:\n  test-words: eror\n", ".kubelint.yaml:2:15 'test-words' must be error, warning, info or off, or a mapping with 'severity' and 'options', not 'eror'; did you mean 'error'?")]
    [InlineData("rules:\n  KL1999:\n    options:\n      wods: [a]\n", ".kubelint.yaml:4:7 There is no setting 'rules.KL1999.options.wods'; did you mean 'words'?")]
    [InlineData("rules:\n  KL1999:\n    options:\n      words: 3\n", ".kubelint.yaml:4:14 'rules.KL1999.options.words' must be a list of strings, not '3'")]
    [InlineData("rules:\n  KL1999:\n    severty: off\n", ".kubelint.yaml:3:5 There is no setting 'rules.KL1999.severty'; did you mean 'severity'?")]
    [InlineData("rules:\n  test-steadfast: off\n", ".kubelint.yaml:2:19 'test-steadfast' cannot be turned off: without it, findings would be lost unseen")]
    [InlineData("exlude: [a]\n", ".kubelint.yaml:1:1 There is no setting 'exlude'; did you mean 'exclude'?")]
    [InlineData("exclude: yes\n", ".kubelint.yaml:1:10 'exclude' must be a list of strings, not 'yes'")]
    [InlineData("requireReason: 1\n", ".kubelint.yaml:1:16 'requireReason' must be true or false, not '1'")]
    [InlineData("substitute:\n  values:\n    A: [1]\n", ".kubelint.yaml:3:8 A value of 'substitute.values' must be a string, not a list")]
    [InlineData("overrides:\n  - rules: {}\n", ".kubelint.yaml:2:5 An override needs 'paths': the files and folders that it is for")]
    [InlineData("extends: missing.yaml\n", ".kubelint.yaml:1:10 There is no file 'missing.yaml' to extend")]
    [InlineData("extends: .kubelint.yaml\n", ".kubelint.yaml:1:10 The file extends itself: .kubelint.yaml → .kubelint.yaml")]
    [InlineData("exclude: []\nexclude: []\n", ".kubelint.yaml:2:1 The key 'exclude' is already set in this mapping")]
    [InlineData("- a\n", ".kubelint.yaml:1:1 A configuration is a mapping, not a list")]
    public void What_is_wrong_is_told_at_its_token(string text, string expected)
    {
        var error = Load((".kubelint.yaml", text)).Errors.ShouldHaveSingleItem();

        $"{error.Location} {error.Message}".ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "a.yaml KL1999 Warning found one", "apps/b.yaml KL1999 Warning found one")]
    [InlineData("rules: {test-words: error}", "a.yaml KL1999 Error found one", "apps/b.yaml KL1999 Error found one")]
    [InlineData("rules: {KL1: info}", "a.yaml KL1999 Info found one", "apps/b.yaml KL1999 Info found one")]
    [InlineData("rules: {KL1999: info, images: error}", "a.yaml KL1999 Info found one", "apps/b.yaml KL1999 Info found one")]
    [InlineData("rules: {test-words: off}")]
    [InlineData("rules: {former-words: off}")]
    [InlineData("rules: {test-words: {options: {words: [two]}}}")]
    [InlineData("overrides: [{paths: [apps], rules: {test-words: off}}]", "a.yaml KL1999 Warning found one")]
    [InlineData("overrides: [{paths: ['*.yaml'], rules: {images: error}}, {paths: [apps/], rules: {images: info}}]", "a.yaml KL1999 Error found one", "apps/b.yaml KL1999 Info found one")]
    [InlineData("overrides: [{paths: [/a.yaml], rules: {test-words: {options: {words: [two]}}}}]", "apps/b.yaml KL1999 Warning found one")]
    [InlineData("rules: {test-preview: error}", "a.yaml KL1998 Error preview", "a.yaml KL1999 Warning found one", "apps/b.yaml KL1998 Error preview", "apps/b.yaml KL1999 Warning found one")]
    [InlineData("extends: base.yaml", "a.yaml KL1999 Info found one", "apps/b.yaml KL1999 Info found one")]
    [InlineData("extends: [base.yaml]\nrules: {images: error}", "a.yaml KL1999 Error found one", "apps/b.yaml KL1999 Error found one")]
    public void What_is_configured_is_in_force(string text, params string[] expected)
    {
        var result = Load((".kubelint.yaml", text), ("base.yaml", "rules: {test-words: {severity: info}}"));
        result.Errors.ShouldBeEmpty();
        var rules = RuleSet.Create(Catalog(), result.Configuration, RuleSelection.All, TestRepository.Directory);

        var found = new Analyzer(rules).Analyze(TestRepository.Load(("a.yaml", ConfigMap), ("apps/b.yaml", ConfigMap))).Diagnostics;

        found.Select(finding => $"{finding.Location.Text.Path} {finding.Rule.Id} {finding.Severity} {finding.Message}").ShouldBe(expected);
    }

    [Fact]
    public void A_selection_limits_the_rules_and_turns_on_what_it_names()
    {
        Ids(new RuleSelection(["test-preview"], [])).ShouldBe(["KL0998", "KL1998"]);
        Ids(new RuleSelection(["images"], [])).ShouldBe(["KL0998", "KL1999"]);
        Ids(new RuleSelection([], ["KL1"])).ShouldBe(["KL0998"]);

        static IEnumerable<string> Ids(RuleSelection selection) =>
            RuleSet.Create(Catalog(), LintConfiguration.Default, selection, TestRepository.Directory).Descriptors.Select(rule => rule.Id);
    }

    [Fact]
    public void Each_value_knows_where_it_came_from()
    {
        var result = Load(
            (".kubelint.yaml", "extends: base.yaml\nrules:\n  test-words:\n    options:\n      words: [two]\n"),
            ("base.yaml", "fluxVersion: 2.7\nsubstitute: {values: {A: b}}\nrules:\n  test-words: error\n"));
        result.Errors.ShouldBeEmpty();
        var rules = RuleSet.Create(Catalog(), result.Configuration, RuleSelection.All, TestRepository.Directory);

        result.Configuration.Settings.FluxVersion.ShouldBe("2.7");
        result.Configuration.Values.Concat(rules.Describe()).Where(value => value.Origin is not null)
            .Select(value => $"{value.Path}={value.Value} {value.Origin}").ShouldBe(
            [
                "fluxVersion=\"2.7\" base.yaml:1:14",
                "substitute.values.A=\"b\" base.yaml:2:26",
                "rules.test-words=error base.yaml:4:15",
                "rules.test-words.options.words=[\"two\"] .kubelint.yaml:5:14",
            ]);
    }

    [Fact]
    public void What_it_says_of_the_clusters_is_how_they_are_built()
    {
        var result = Load((
            ".kubelint.yaml",
            """
            fluxVersion: v2.6.4
            kubernetesVersion: 1.33
            entryPoints: [clusters/one]
            sources: {GitRepository/flux-system/apps: ../apps}
            substitute: {values: {A: b}, external: [C]}
            """), ("clusters/one/ks.yaml", ""));
        result.Errors.ShouldBeEmpty();

        var options = result.Configuration.ToFluxOptions();

        options.Version.ShouldBe(new FluxVersion(2, 6));
        options.EntryPoints.ShouldBe(["/repo/clusters/one"]);
        options.Sources["GitRepository/flux-system/apps"].ShouldBe("/apps");
        options.Variables.ShouldBe(new Dictionary<string, string?> { ["A"] = "b", ["C"] = null }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("fluxVersion: newest", "'fluxVersion' must be a version such as 2.7, not 'newest'")]
    [InlineData("entryPoints: [clusters/two]", "There is no file or folder 'clusters/two' at which a cluster could begin")]
    [InlineData("kubernetesVersion: one", "'kubernetesVersion' must be a version such as 1.33, not 'one'")]
    public void What_is_no_version_or_leads_nowhere_is_told_at_its_place(string text, string message) =>
        Load((".kubelint.yaml", text)).Errors.ShouldHaveSingleItem().Message.ShouldBe(message);

    [Fact]
    public void A_former_name_works_with_a_note()
    {
        var note = Load((".kubelint.yaml", "rules: {former-words: off}")).Notes.ShouldHaveSingleItem();

        note.Message.ShouldBe("The rule 'former-words' is now called 'test-words'");
    }

    [Fact]
    public void The_file_is_found_upwards_within_its_repository()
    {
        var source = TestRepository.Source((".kubelint.yaml", ""), ("apps/a.yaml", ""), ("other/.git/HEAD", ""), ("other/x/b.yaml", ""));

        ConfigurationLoader.Find(source, "/repo/apps/a.yaml").ShouldBe("/repo/.kubelint.yaml");
        ConfigurationLoader.Find(source, "/repo").ShouldBe("/repo/.kubelint.yaml");
        ConfigurationLoader.Find(source, "/repo/other/x/b.yaml").ShouldBeNull();
    }

    private static ConfigurationResult Load(params (string Path, string Text)[] files)
    {
        var cache = new YamlFileCache(TestRepository.Source(files), TestRepository.Directory);
        return ConfigurationLoader.Load(cache, "/repo/.kubelint.yaml", Catalog());
    }

    private static RuleCatalog Catalog() => new(
        RuleEntry.Of(() => new TestRule(new("KL0998", "test-steadfast", "Always on", Severity.Error) { CanBeTurnedOff = false }, [])),
        RuleEntry.Of(() => new TestRule(new("KL1998", "test-preview", "In preview", Severity.Info) { Status = RuleStatus.Preview }, ["preview"])),
        RuleEntry.Of<WordOptions>(
            options => new TestRule(new("KL1999", "test-words", "Finds names", Severity.Warning) { FormerNames = ["former-words"] }, options.Words.Contains("one") ? ["found one"] : []),
            reader => new WordOptions { Words = reader.Strings("words", new WordOptions().Words) },
            [new("words", "list of strings", "The words.")]));

    private sealed record WordOptions
    {
        public ImmutableArray<string> Words { get; init; } = ["one"];
    }

    private sealed class TestRule(RuleDescriptor descriptor, string[] messages) : Rule
    {
        public override RuleDescriptor Descriptor => descriptor;

        public override void Register(IRuleRegistrar on) => on.Document(context =>
        {
            foreach (var message in messages)
            {
                context.Report(context.Root, message);
            }
        });
    }
}
