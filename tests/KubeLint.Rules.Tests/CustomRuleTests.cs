using System.Collections.Immutable;
using System.Text;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests;

/// <summary>Rules that are written as YAML: the examples of docs/custom-rules.md, and what can be wrong with one.</summary>
public sealed class CustomRuleTests
{
    private const string RulePath = $"{TestRepository.Directory}/.kubelint/rules/rule.yaml";

    private static readonly PageUnderTest Page = new(File.ReadAllText(Path.Combine(TestPaths.Root, "docs/custom-rules.md")));

    [Theory]
    [InlineData("An owner label on every workload", "bad.yaml:6:3 X1001 Deployment apps/podinfo needs the label example.com/owner: 'metadata.labels[example.com/owner]' is missing")]
    [InlineData("No images from one registry", "bad.yaml:15:22 X1002 alpine:3.20 of CronJob cleanup comes from Docker Hub")]
    [InlineData("Intervals within a range", "bad.yaml:7:13 X1003 spec.interval of GitRepository podinfo is 1m")]
    public void The_examples_find_what_they_say(string heading, string expected)
    {
        var rule = Page.Blocks(heading, "rule").Single()[0].Text;

        Lint(rule, ("bad.yaml", Page.Blocks(heading, "bad").Single()[0].Text)).ShouldBe([expected]);
        Lint(rule, ("good.yaml", Page.Blocks(heading, "good").Single()[0].Text)).ShouldBeEmpty();
    }

    [Fact]
    public void What_a_patch_sets_is_reported_where_it_is_written_and_what_is_unknown_is_not()
    {
        const string Rule = """
            id: X1
            title: Few replicas
            select: spec.replicas
            schema: {minimum: 2}
            """;
        const string Cluster = """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: apps, namespace: flux-system}
            spec:
              interval: 1h
              path: ./apps
              prune: true
              sourceRef: {kind: GitRepository, name: flux-system}
              patches:
                - target: {kind: Deployment, name: one}
                  patch: |
                    - op: add
                      path: /spec/replicas
                      value: 1
            """;

        Lint(Rule, ("cluster.yaml", Cluster), ("apps/one.yaml", Deployment("one")), ("apps/two.yaml", Deployment("two", "${REPLICAS}")))
            .ShouldBe(["cluster.yaml:14:18 X1 Deployment one: 'spec.replicas' must be at least 2, not 1"]);

        static string Deployment(string name, string? replicas = null) =>
            $"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec:\n  replicas: {replicas ?? "3"}\n";
    }

    [Theory]
    [InlineData("match: {kinds: [Service]}", false)]
    [InlineData("match: {kinds: [ConfigMap]}", true)]
    [InlineData("match: {kinds: [ConfigMap.apps]}", false)]
    [InlineData("match: {apiVersions: [v*], namespaces: [a*]}", true)]
    [InlineData("match: {namespaces: [b]}", false)]
    [InlineData("match: {labels: {tier: web*}}", true)]
    [InlineData("match: {labels: {tier: web, other: '*'}}", false)]
    [InlineData("match: {paths: [apps]}", true)]
    [InlineData("match: {paths: ['*.yml']}", false)]
    [InlineData("except: {paths: [apps/]}", false)]
    [InlineData("select: data.*", true)]
    [InlineData("select: data[\"a.b\"]", true)]
    [InlineData("select: data[]", false)]
    public void Objects_and_values_are_chosen(string condition, bool isFound)
    {
        const string Object = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: apps\n  labels:\n    tier: website\ndata:\n  a.b: c\n";

        Lint($"id: X1\ntitle: Nothing is right\nschema: false\n{condition}\n", ("apps/one.yaml", Object)).Count().ShouldBe(isFound ? 1 : 0);
    }

    [Theory]
    [InlineData("title: T\nschema: {}", "1:1", "A rule needs 'id'")]
    [InlineData("id: X1\ntitle: T", "1:1", "A rule needs a 'schema': what the selected values must be")]
    [InlineData("id: KL1001\ntitle: T\nschema: {}", "1:5", "Ids that begin with KL are those of KubeLint's own rules: choose another, such as X1001")]
    [InlineData("id: X1\nname: image-latest-tag\ntitle: T\nschema: {}", "2:7", "There is a rule or family 'image-latest-tag' already")]
    [InlineData("id: X1\ntitle: T\nschema: {}\nmach: {}", "4:1", "There is no setting 'mach'; did you mean 'match'?")]
    [InlineData("id: X1\ntitle: T\nschema: {}\nmatch: {kind: [Pod]}", "4:9", "There is no setting 'match.kind'; did you mean 'kinds'?")]
    [InlineData("id: X1\ntitle: T\nschema: {}\nselect: spec..image", "4:13", "A key is missing here")]
    [InlineData("id: X1\ntitle: T\nschema: {}\nseverity: fatal", "4:11", "'severity' must be error, warning, info or off, not 'fatal'")]
    [InlineData("id: X1\ntitle: T\nschema: {}\nmessage: \"{knd} is wrong\"", "4:11", "There is no placeholder {knd}; did you mean {kind}?")]
    [InlineData("- id: X1", "1:1", "A rule is a mapping, not a list")]
    [InlineData("id: X1\ntitle: T\nschema: {}\n---\nid: X1\ntitle: T\nschema: {}", "5:5", "There is a rule or family 'X1' already")]
    public void A_mistake_has_its_place(string rule, string place, string message)
    {
        var error = Load(Source(rule)).Errors.ShouldHaveSingleItem();

        error.Message.ShouldBe(message);
        error.Location.Start.ToString().ShouldBe(place);
    }

    private static IEnumerable<string> Lint(string rule, params IEnumerable<(string Path, string Text)> files)
    {
        var source = Source(rule, files);
        var custom = Load(source);
        custom.Errors.Select(error => $"{error.Location} {error.Message}").ShouldBeEmpty();
        var workspace = Workspace.Load(source, new WorkspaceOptions { BaseDirectory = TestRepository.Directory });
        var analyzer = new Analyzer(RuleSet.Of(custom.Rules.Select(entry => entry.Create(OptionReader.Empty))), new AnalyzerOptions { ThrowOnRuleFailure = true });
        return analyzer.Analyze(RepositoryModelBuilder.Build(workspace)).Diagnostics.Select(finding => $"{finding.Location} {finding.Rule.Id} {finding.Message}");
    }

    private static CustomRules Load(OverlayFileSource source) =>
        CustomRuleLoader.Load(new YamlFileCache(source, TestRepository.Directory), CustomRuleLoader.Find(source, $"{TestRepository.Directory}")!, BuiltInRules.All);

    private static OverlayFileSource Source(string rule, params IEnumerable<(string Path, string Text)> files) => new(
        files.Select(file => ($"{TestRepository.Directory}/{file.Path}", file.Text)).Append((RulePath, rule))
            .ToImmutableDictionary(file => file.Item1, file => Encoding.UTF8.GetBytes(file.Item2), StringComparer.Ordinal));
}
