using KubeLint.Kustomize.Output;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Tests.Replacements;

public sealed class ReplacementTests : IDisposable
{
    private const string Resources = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: source, labels: {part: of}}
        data: {host: one.example.org, port: "8080"}
        ---
        apiVersion: example.org/v1
        kind: Thing
        metadata: {name: target}
        spec:
          count: 1
          text: a/b
          list: [{name: x, v: 1}, {name: "y", v: 2}, {name: xy}]
          file: |
            {"a": {"b": "<old>"}, "n": 1}

        """;

    private readonly string directory = Directory.CreateTempSubdirectory("kubelint-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("fieldPaths: [spec.text]", "text", "\"8080\"")]
    [InlineData("fieldPaths: [spec.count]", "count", "8080")]
    [InlineData("fieldPaths: [spec.text], options: {delimiter: /, index: 1}", "text", "a/8080")]
    [InlineData("fieldPaths: [spec.text], options: {delimiter: /, index: -1}", "text", "8080/a/b")]
    [InlineData("fieldPaths: [spec.text], options: {delimiter: /, index: 9}", "text", "a/b/8080")]
    [InlineData("fieldPaths: ['spec.new.[a.b].c'], options: {create: true}", "new", "\n  a.b:\n    c: 8080")]
    [InlineData("fieldPaths: ['spec.list.[name=z].v'], options: {create: true}", "list", "\n- name: x\n  v: 1\n- name: \"y\"\n  v: 2\n- name: xy\n- name: z\n  v: 8080")]
    [InlineData("fieldPaths: ['spec.list.[name=y].v'], options: {create: true}", "list", "\n- name: x\n  v: 1\n- name: \"y\"\n  v: 8080\n- name: xy\n  v: 8080")]
    [InlineData("fieldPaths: ['spec.list.0.v']", "list", "\n- name: x\n  v: 8080\n- name: \"y\"\n  v: 2\n- name: xy")]
    [InlineData("fieldPaths: ['spec.list.*.name']", "list", "\n- name: \"8080\"\n  v: 1\n- name: \"8080\"\n  v: 2\n- name: \"8080\"")]
    [InlineData("fieldPaths: [spec.file.a.b]", "file", "'{\"a\":{\"b\":\"8080\"},\"n\":1}'")]
    public void A_value_is_written_to_the_fields_that_a_path_means(string target, string field, string expected)
    {
        var result = Build($"source: {{kind: ConfigMap, fieldPath: data.port}}\n  targets: [{{select: {{kind: Thing}}, {target}}}]");

        result.Problems.ShouldBeEmpty();
        var value = result.Objects.Single(item => item.GetString("kind") == "Thing").Get("spec", field)!;
        var owner = (YamlMapping)YamlParser.Parse(new SourceText("x", "x: 1")).Documents[0].Root!;
        KustomizeYamlWriter.Write([owner.With([owner.Entries[0] with { Value = value }])]).ShouldBe("x:" + (expected.StartsWith('\n') ? string.Empty : " ") + expected + "\n");
    }

    [Fact]
    public void A_part_of_the_source_is_read_by_delimiter_and_index_and_the_value_keeps_both_places()
    {
        var result = Build("source: {kind: ConfigMap, fieldPath: data.host, options: {delimiter: ., index: 1}}\n  targets: [{select: {name: target}, fieldPaths: [spec.text]}]");

        var text = (YamlScalar)result.Objects.Single(item => item.GetString("kind") == "Thing").Get("spec", "text")!;
        text.Value.ShouldBe("example");
        text.Derivation!.By.ShouldBe("replacements");
        ((YamlScalar)text.Derivation.Replaced!).Value.ShouldBe("a/b");
        text.Location.Text.Content.Substring(text.Location.Span.Start, text.Location.Span.Length).ShouldBe("one.example.org");
    }

    [Theory]
    [InlineData("[{select: {kind: Thing}, reject: [{name: target}], fieldPaths: [spec.text]}]")]
    [InlineData("[{select: {kind: Thing, name: tar}, fieldPaths: [spec.text]}]")]
    [InlineData("[{select: {labelSelector: none}, fieldPaths: [spec.text]}]")]
    public void What_is_not_selected_or_is_rejected_stays(string targets)
    {
        Build($"sourceValue: x\n  targets: {targets}").Objects[^1].GetString("spec", "text").ShouldBe("a/b");
    }

    [Theory]
    [InlineData("targets: []", "Replacements must specify a source and at least one target", 3)]
    [InlineData("sourceValue: x\n  source: {kind: Thing}\n  targets: []", "'source' and 'sourceValue' are mutually exclusive", 3)]
    [InlineData("source: {kind: None}\n  targets: []", "Nothing is selected by None.[noVer].[noGrp]/[noName].[noNs]", 3)]
    [InlineData("source: {kind: ConfigMap, fieldPath: data.none}\n  targets: []", "The field 'data.none' is missing in the replacement's source ConfigMap.[noVer].[noGrp]/[noName].[noNs]", 3)]
    [InlineData("sourceValue: x\n  targets: [{fieldPaths: [a]}]", "A target must specify the resources to select", 4)]
    [InlineData("sourceValue: x\n  targets: [{select: {name: '('}}]", "'(' is no regular expression: Invalid pattern '^(?:()\\z' at offset 8. Not enough )'s.", 4)]
    [InlineData("sourceValue: x\n  targets: [{select: {kind: Thing}, fieldPaths: [spec.none]}]", "Unable to find field 'spec.none' in the replacement's target Thing.v1.example.org/target.[noNs]", 4)]
    [InlineData("sourceValue: x\n  targets: [{select: {kind: Thing}, fieldPaths: [spec.list.7]}]", "Unable to find field 'spec.list.7' in the replacement's target Thing.v1.example.org/target.[noNs]: The index 7 is given, but only 3 elements are there", 4)]
    public void A_replacement_that_cannot_be_made_is_a_problem_at_its_place(string replacement, string message, int line)
    {
        var problem = Build(replacement).Problems.ShouldHaveSingleItem();

        problem.Message.ShouldBe(message);
        problem.Where.Start.Line.ShouldBe(line);
    }

    [Fact]
    public void Names_that_become_one_are_a_conflict()
    {
        Build("sourceValue: x\n  targets: [{select: {kind: Thing}, fieldPaths: [metadata.name, kind]}, {select: {kind: ConfigMap}, fieldPaths: [metadata.name, kind]}, {select: {name: x}, fieldPaths: [apiVersion]}]")
            .Problems.ShouldHaveSingleItem().Kind.ShouldBe(KustomizeProblemKind.ResourceConflict);
    }

    private KustomizeResult Build(string replacement)
    {
        File.WriteAllText(Path.Combine(directory, "resources.yaml"), Resources);
        File.WriteAllText(Path.Combine(directory, "kustomization.yaml"), $"resources: [resources.yaml]\nreplacements:\n- {replacement}\n");
        return new KustomizeBuilder(new YamlFileCache(new DiskFileSource(), directory)).Build(directory);
    }
}
