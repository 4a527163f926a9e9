using System.Text;

using KubeLint.Kustomize.Output;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Tests;

/// <summary>What is wrong is reported at its place, and the rest is built.</summary>
public class BuildProblemTests
{
    private const string ConfigMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n";

    [Fact]
    public void A_kustomization_that_includes_itself_is_a_cycle()
    {
        var result = Build(("kustomization.yaml", "resources:\n- one.yaml\n- ../app\n"), ("one.yaml", ConfigMap));

        Errors(result).ShouldBe(["Cycle app/kustomization.yaml:3:3"]);
        result.Objects.Length.ShouldBe(1);
    }

    [Fact]
    public void A_directory_above_is_a_cycle_as_in_kustomize()
    {
        var result = Build(("kustomization.yaml", "resources: [..]\n"));

        Errors(result).ShouldBe(["Cycle app/kustomization.yaml:1:13"]);
    }

    [Fact]
    public void Components_that_include_each_other_are_a_cycle()
    {
        const string component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncomponents:\n- ../";
        var result = Build(
            ("kustomization.yaml", "resources: [one.yaml]\ncomponents: [../a]\n"),
            ("one.yaml", ConfigMap),
            ("../a/kustomization.yaml", component + "b\n"),
            ("../b/kustomization.yaml", component + "a\n"));

        Errors(result).ShouldBe(["Cycle b/kustomization.yaml:4:3"]);
        result.Objects.Length.ShouldBe(1);
    }

    [Fact]
    public void A_chain_of_a_thousand_directories_ends_with_a_problem()
    {
        var files = Enumerable.Range(0, 1000).Select(i => ($"../d{i}/kustomization.yaml", $"resources: [../d{i + 1}]\n")).ToList();
        files.Add(("kustomization.yaml", "resources: [../d0]\n"));

        var result = Build([.. files]);

        result.Problems.Single().Kind.ShouldBe(KustomizeProblemKind.TooDeep);
        result.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void A_path_that_leaves_the_repository_is_noted()
    {
        var result = Build(("kustomization.yaml", "resources: [../../elsewhere/one.yaml]\n"), ("../../elsewhere/one.yaml", ConfigMap));

        var problem = result.Problems.Single();
        problem.Kind.ShouldBe(KustomizeProblemKind.OutsideRepository);
        problem.Where.ToString().ShouldBe("app/kustomization.yaml:1:13");
        result.Succeeded.ShouldBeTrue();
        result.Objects.Length.ShouldBe(1);
    }

    // So many that they are found by an index, which must not know their former names.
    [Fact]
    public void Of_many_resources_those_conflict_that_have_one_name_now()
    {
        const string component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";
        var many = string.Join("---\n", Enumerable.Range(0, 40).Select(i => ConfigMap.Replace("one", $"m{i}", StringComparison.Ordinal)));
        var result = Build(
            ("kustomization.yaml", "resources: [many.yaml, ../more]\ncomponents: [../prefix, ../old, ../new]\n"),
            ("many.yaml", many),
            ("../more/kustomization.yaml", "nameSuffix: '0'\nresources: [many.yaml]\n"),
            ("../more/many.yaml", ConfigMap.Replace("one", "m1", StringComparison.Ordinal)),
            ("../prefix/kustomization.yaml", component + "namePrefix: x-\n"),
            ("../old/kustomization.yaml", component + "resources: [one.yaml]\n"),
            ("../old/one.yaml", ConfigMap.Replace("one", "m0", StringComparison.Ordinal)),
            ("../new/kustomization.yaml", component + "resources: [one.yaml]\n"),
            ("../new/one.yaml", ConfigMap.Replace("one", "x-m2", StringComparison.Ordinal)));

        Errors(result).ShouldBe(["ResourceConflict more/kustomization.yaml:1:13", "ResourceConflict new/one.yaml:4:9"]);
    }

    [Fact]
    public void A_patch_without_target_has_nothing_to_patch()
    {
        var result = Build(
            ("kustomization.yaml", "resources: [one.yaml]\npatches:\n- patch: |\n    apiVersion: v1\n    kind: ConfigMap\n    metadata:\n      name: two\n"),
            ("one.yaml", ConfigMap));

        Errors(result).ShouldBe(["PatchTargetNotFound app/kustomization.yaml:7:13"]);
    }

    [Fact]
    public void A_target_that_selects_nothing_is_no_problem()
    {
        var result = Build(
            ("kustomization.yaml", "resources: [one.yaml]\npatches:\n- target: {kind: Secret}\n  patch: '{apiVersion: v1, kind: Secret, metadata: {name: x}}'\n"),
            ("one.yaml", ConfigMap));

        result.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Helm_charts_are_an_error_and_the_rest_is_built()
    {
        var result = Build(("kustomization.yaml", "resources: [one.yaml]\nhelmCharts:\n- name: chart\n"), ("one.yaml", ConfigMap));

        Errors(result).ShouldBe(["HelmChart app/kustomization.yaml:2:1"]);
        result.IsComplete.ShouldBeFalse();
        result.Objects.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("https://github.com/org/repo//deploy?ref=v1")]
    [InlineData("github.com/org/repo/deploy")]
    [InlineData("git@github.com:org/repo.git//deploy")]
    [InlineData("ssh://git@host.example/org/repo")]
    public void A_remote_base_leaves_the_result_incomplete(string address)
    {
        var result = Build(
            ("kustomization.yaml", $"resources:\n- one.yaml\n- {address}\npatches:\n- patch: '{{apiVersion: v1, kind: Secret, metadata: {{name: in-the-base}}}}'\n"),
            ("one.yaml", ConfigMap));

        // What the patch is for may be in the base: that cannot be judged.
        result.Problems.Select(problem => (problem.Kind, problem.Severity)).ShouldBe(
            [(KustomizeProblemKind.RemoteBase, KustomizeSeverity.Note), (KustomizeProblemKind.PatchTargetNotFound, KustomizeSeverity.Note)]);
        result.IsComplete.ShouldBeFalse();
        result.Succeeded.ShouldBeTrue();
        result.Objects.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("resurces: [a]\n", "InvalidField app/kustomization.yaml:1:1")]
    [InlineData("resources: a\n", "InvalidField app/kustomization.yaml:1:12")]
    [InlineData("resources: [1]\n", "InvalidField app/kustomization.yaml:1:13")]
    [InlineData("namePrefix: 1\n", "InvalidField app/kustomization.yaml:1:13")]
    [InlineData("commonLabels: {a: 1}\n", "InvalidField app/kustomization.yaml:1:19")]
    [InlineData("images:\n- nam: a\n", "InvalidField app/kustomization.yaml:2:3")]
    [InlineData("kind: Kustomisation\nnamePrefix: a\n", "InvalidField app/kustomization.yaml:1:7")]
    [InlineData("apiVersion: v1\nnamePrefix: a\n", "InvalidField app/kustomization.yaml:1:13")]
    [InlineData("kind: Kustomization\n", "InvalidField app/kustomization.yaml:1:1")]
    [InlineData("", "InvalidField app/kustomization.yaml:1:1")]
    [InlineData("resources: [\n", "Syntax app/kustomization.yaml:2:1")]
    [InlineData("resources: [two.yaml]\n", "MissingFile app/kustomization.yaml:1:13")]
    [InlineData("resources: [empty]\n", "MissingKustomization app/kustomization.yaml:1:13")]
    [InlineData("resources: [bad.yaml]\n", "InvalidResource app/bad.yaml:3:11")]
    [InlineData("resources: [twice.yaml]\n", "InvalidResource app/twice.yaml:6:3")]
    [InlineData("resources: [one.yaml, ./one.yaml]\n", "DuplicateEntry app/kustomization.yaml:1:23")]
    [InlineData("resources: [one.yaml, again.yaml]\n", "ResourceConflict app/again.yaml:4:9")]
    [InlineData("components: [component]\nresources: [component]\n", "WrongKind app/kustomization.yaml:2:13")]
    [InlineData("components: [empty2]\n", "WrongKind app/kustomization.yaml:1:14")]
    [InlineData("configMapGenerator:\n- name: a\n  files: [nothing]\n", "MissingFile app/kustomization.yaml:3:11")]
    [InlineData("configMapGenerator:\n- name: a\n  literals: [a]\n", "Generator app/kustomization.yaml:3:14")]
    [InlineData("configMapGenerator:\n- name: a\n  literals: [a=1, a=2]\n", "Generator app/kustomization.yaml:3:19")]
    [InlineData("configMapGenerator:\n- name: a\n  behavior: merge\n", "Generator app/kustomization.yaml:2:3")]
    [InlineData("resources: [one.yaml]\nreplicas: [{name: one, count: 1}]\n", "Transformer app/kustomization.yaml:2:12")]
    [InlineData("resources: [one.yaml]\nsortOptions: {order: random}\n", "InvalidField app/kustomization.yaml:2:22")]
    [InlineData("resources: [one.yaml]\nvars: [{name: A, objref: {kind: Pod, name: a, apiVersion: v1}}]\n", "Variable app/kustomization.yaml:2:8")]
    [InlineData("resources: [one.yaml]\ntransformers: [plugin.yaml]\n", "ExternalPlugin app/plugin.yaml:4:9")]
    [InlineData("resources: [one.yaml]\npatches: [{path: nothing.yaml}]\n", "MissingFile app/kustomization.yaml:2:18")]
    [InlineData("resources: [one.yaml]\npatches: [{target: {kind: a}}]\n", "InvalidPatch app/kustomization.yaml:2:11")]
    [InlineData("resources: [one.yaml]\nconfigurations: [config.yaml]\n", "InvalidField app/config.yaml:2:3")]
    public void A_wrong_field_is_an_error_at_its_place(string kustomization, string expected)
    {
        var result = Build(
            ("kustomization.yaml", kustomization),
            ("one.yaml", ConfigMap),
            ("again.yaml", ConfigMap),
            ("bad.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n"),
            ("twice.yaml", ConfigMap + "  labels: {}\n  name: two\n"),
            ("plugin.yaml", "apiVersion: someone.example/v1\nkind: Sed\nmetadata:\n  name: sed\n"),
            ("config.yaml", "images:\n- pth: a\n"),
            ("empty/readme.md", "nothing"),
            ("empty2/kustomization.yaml", "namePrefix: a\n"),
            ("component/kustomization.yaml", "kind: Component\nnamePrefix: a\n"));

        Errors(result).ShouldContain(expected);
        result.Succeeded.ShouldBeFalse();
    }

    [Fact]
    public void The_files_that_were_read_are_told_with_who_includes_them()
    {
        var result = Build(
            ("kustomization.yaml", "resources: [../base]\nconfigMapGenerator:\n- name: a\n  files: [a.txt]\n"),
            ("a.txt", "text"),
            ("../base/kustomization.yaml", "resources: [one.yaml]\n"),
            ("../base/one.yaml", ConfigMap));

        result.Inputs.Select(input => (input.Path, input.Kustomization)).ShouldBe(
        [
            ("/work/repo/app/kustomization.yaml", null),
            ("/work/repo/base/kustomization.yaml", "/work/repo/app/kustomization.yaml"),
            ("/work/repo/base/one.yaml", "/work/repo/base/kustomization.yaml"),
            ("/work/repo/app/a.txt", "/work/repo/app/kustomization.yaml"),
        ]);
    }

    [Fact]
    public void A_kustomization_in_memory_stands_in_the_place_of_the_file()
    {
        var source = Source(("kustomization.yaml", "resources: [two.yaml]\n"), ("one.yaml", ConfigMap));
        var text = YamlParser.Parse(new SourceText("flux.yaml", "resources: [one.yaml]\nnamespace: apps\n"));

        var result = new KustomizeBuilder(new YamlFileCache(source, "/work/repo")).Build("/work/repo/app", (YamlMapping)text.Documents[0].Root!);

        KustomizeYamlWriter.Write(result.Objects).ShouldBe("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n  namespace: apps\n");
        result.Objects[0].Get("metadata", "namespace")!.Location.ToString().ShouldBe("flux.yaml:2:12");
    }

    [Fact]
    public void Two_builds_share_the_nodes_of_a_file()
    {
        var source = Source(("kustomization.yaml", "resources: [one.yaml]\n"), ("one.yaml", ConfigMap));
        var builder = new KustomizeBuilder(new YamlFileCache(source, "/work/repo"));

        var results = new KustomizeResult[8];
        Parallel.For(0, results.Length, i => results[i] = builder.Build("/work/repo/app"));

        results.ShouldAllBe(result => ReferenceEquals(result.Objects[0], results[0].Objects[0]));
    }

    private static KustomizeResult Build(params (string Path, string Text)[] files) =>
        new KustomizeBuilder(new YamlFileCache(Source(files), "/work/repo")).Build("/work/repo/app");

    private static OverlayFileSource Source(params (string Path, string Text)[] files) =>
        new(files.ToDictionary(file => YamlFileCache.Normalize("/work/repo/app/" + file.Path), file => Encoding.UTF8.GetBytes(file.Text), StringComparer.Ordinal));

    private static IEnumerable<string> Errors(KustomizeResult result) =>
        result.Problems.Where(problem => problem.Severity == KustomizeSeverity.Error).Select(problem => $"{problem.Kind} {problem.Where}");
}
