using CsCheck;

using KubeLint.Kustomize.Output;
using KubeLint.Kustomize.Patching;
using KubeLint.Kustomize.Schema;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Tests.Patching;

public class StrategicMergePatchTests
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, finalizers: [a]}
        spec:
          replicas: 1
          template:
            spec:
              containers:
              - name: app
                image: app:1
                env: [{name: A, value: "1"}, {name: B, value: "2"}]
              - name: proxy
                image: proxy:1

        """;

    [Fact]
    public void Elements_of_a_merged_list_are_merged_by_their_key_and_new_ones_come_first()
    {
        Patch(Deployment, "spec: {template: {spec: {containers: [{name: new}, {name: app, env: [{name: B, value: x}, {name: C}]}]}}}", "spec", "template", "spec")
            .ShouldBe("""
                containers:
                - name: new
                - env:
                  - name: B
                    value: x
                  - name: C
                  - name: A
                    value: "1"
                  image: app:1
                  name: app
                - image: proxy:1
                  name: proxy

                """);
    }

    [Fact]
    public void A_list_of_scalars_with_the_merge_strategy_becomes_a_union()
    {
        Patch(Deployment, "metadata: {finalizers: [b, a]}", "metadata").ShouldBe("finalizers:\n- b\n- a\nname: web\n");
    }

    [Theory]
    [InlineData("[{name: app, $patch: delete}]", "- image: proxy:1\n  name: proxy\n")]
    // kustomize puts the old element back in this case, and so must we.
    [InlineData("[{name: app, $patch: replace, image: x}]", "- env:\n  - name: A\n    value: \"1\"\n  - name: B\n    value: \"2\"\n  image: app:1\n  name: app\n- image: proxy:1\n  name: proxy\n")]
    [InlineData("[{name: z}, {$patch: replace}]", "- name: z\n")]
    public void Directives_in_a_merged_list_are_followed(string patch, string expected)
    {
        Patch(Deployment, $"spec: {{template: {{spec: {{containers: {patch}}}}}}}", "spec", "template", "spec")
            .ShouldBe("containers:\n" + expected);
    }

    [Theory]
    [InlineData("spec: {$patch: delete}", "{}")]
    [InlineData("spec: null", "{}")]
    [InlineData("spec: {replicas: null, template: null}", "spec: {}")]
    [InlineData("spec: {$patch: replace, x: 1}", "spec: {x: 1}")]
    [InlineData("spec: {$patch: merge, template: null}", "spec: {replicas: 1}")]
    [InlineData("spec: {template: null, new: {a: null, b: {$patch: delete}, c: {d: 1}}}", "spec: {replicas: 1, new: {c: {d: 1}}}")]
    public void Nulls_and_directives_in_mappings_are_followed(string patch, string expected)
    {
        Patch(Deployment, patch).ShouldBe(KustomizeYamlWriter.Write([Parse("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, finalizers: [a]}\n" + expected.Replace("{}", "#", StringComparison.Ordinal).Replace("spec: #", "spec: {}", StringComparison.Ordinal))]));
    }

    [Fact]
    public void A_directive_can_delete_the_object()
    {
        StrategicMergePatch.Apply(Parse(Deployment), Parse("$patch: delete"), KubernetesSchema.BuiltIn).IsDeleted.ShouldBeTrue();
    }

    [Fact]
    public void Lists_of_unknown_kinds_are_replaced()
    {
        Patch("apiVersion: x/v1\nkind: X\nlist: [{name: a, b: 1}]\n", "list: [{name: a}]", "list").ShouldBe("- name: a\n");
    }

    [Fact]
    public void An_object_inside_an_object_of_unknown_kind_is_merged_as_its_kind_says()
    {
        Patch("apiVersion: x/v1\nkind: X\nin: {apiVersion: v1, kind: Service, spec: {ports: [{port: 1}]}}\n", "in: {spec: {ports: [{port: 2}]}}", "in", "spec")
            .ShouldBe("ports:\n- port: 2\n- port: 1\n");
    }

    [Fact]
    public void Ports_are_told_apart_by_their_protocol_too()
    {
        Patch("apiVersion: v1\nkind: Service\nspec: {ports: [{port: 53, protocol: TCP, name: t}, {port: 53, protocol: UDP, name: u}]}", "spec: {ports: [{port: 53, protocol: UDP, name: x}]}", "spec")
            .ShouldBe("ports:\n- name: t\n  port: 53\n  protocol: TCP\n- name: x\n  port: 53\n  protocol: UDP\n");
    }

    [Fact]
    public void A_key_without_any_value_goes_but_a_written_null_stays()
    {
        Patch("a:\nb: null\nc: ~\n", "d: 1").ShouldBe("b: null\nc: null\nd: 1\n");
    }

    [Fact]
    public void A_number_in_the_place_of_a_quoted_string_becomes_a_string()
    {
        Patch("a: 'x'\nb: y\n", "{a: 1, b: 1}").ShouldBe("a: \"1\"\nb: 1\n");
    }

    [Theory]
    [InlineData("spec: [a]", "Expected a mapping here, but this is a sequence", 6)]
    [InlineData("spec: {replicas: {a: 1}}", "Expected a scalar here, but this is a mapping", 17)]
    [InlineData("spec: {$patch: remove}", "Unknown patch strategy 'remove': '$patch' is 'merge', 'replace' or 'delete'", 15)]
    public void A_wrong_patch_is_an_error_at_the_node_that_is_wrong(string patch, string message, int at)
    {
        var error = StrategicMergePatch.Apply(Parse(Deployment), Parse(patch), KubernetesSchema.BuiltIn).Error.ShouldNotBeNull();

        error.Message.ShouldBe(message);
        error.Node.Span.Start.ShouldBe(at);
    }

    [Fact]
    public void Patched_nodes_are_the_patch_s_and_the_others_the_target_s()
    {
        var target = Parse(Deployment);
        var patch = Parse("spec: {replicas: 3, template: {spec: {containers: [{name: app, image: app:2}]}}}");

        var result = StrategicMergePatch.Apply(target, patch, KubernetesSchema.BuiltIn).Value!;

        result.Get("spec", "replicas").ShouldBeSameAs(patch.Get("spec", "replicas"));
        result["metadata"].ShouldBeSameAs(target["metadata"]);
        var containers = result.Get("spec", "template", "spec", "containers")!.AsSequence()!.Items;
        var before = target.Get("spec", "template", "spec", "containers")!.AsSequence()!.Items;
        containers[1].ShouldBeSameAs(before[1]);
        containers[0].Get("env").ShouldBeSameAs(before[0].Get("env"));
        containers[0].Get("image")!.Source.Path.ShouldBe("in.yaml");
        containers[0].GetString("image").ShouldBe("app:2");
    }

    [Fact]
    public void An_openapi_document_says_how_its_kinds_are_merged()
    {
        var schema = KubernetesSchema.FromOpenApi(
            Parse("""
            definitions:
              v1.X:
                x-kubernetes-group-version-kind: [{group: x, version: v1, kind: X}]
                properties: {spec: {$ref: '#/definitions/v1.Spec'}}
              v1.Spec:
                properties:
                  list: {type: array, items: {type: object}, x-kubernetes-patch-strategy: merge, x-kubernetes-patch-merge-key: id}
            """),
            keepsBuiltIns: false);
        var target = Parse("apiVersion: x/v1\nkind: X\nspec: {list: [{id: a, v: 1}, {id: b}]}");

        var result = StrategicMergePatch.Apply(target, Parse("spec: {list: [{id: b, v: 2}]}"), schema).Value!;

        KustomizeYamlWriter.Write([(YamlMapping)result["spec"]!]).ShouldBe("list:\n- id: b\n  v: 2\n- id: a\n  v: 1\n");
        schema.Find("apps/v1", "Deployment").ShouldBeNull();
    }

    [Fact]
    public void An_openapi_document_that_refers_to_itself_is_no_trap()
    {
        var schema = KubernetesSchema.FromOpenApi(
            Parse("definitions: {x: {$ref: '#/definitions/x', x-kubernetes-group-version-kind: [{version: v1, kind: X}]}}"), keepsBuiltIns: true);

        schema.Find("v1", "X").ShouldBeNull();
        schema.Find("v1", "Pod").ShouldNotBeNull();
    }

    [Fact]
    public void A_patch_that_says_nothing_gives_the_target_itself()
    {
        var name = Gen.OneOfConst("a", "b", "c");
        var element = Gen.Select(name, Gen.Int[0, 9]).Select((key, value) => $"{{name: {key}, value: \"{value}\"}}");
        Gen.Select(element.Array[0, 4], name.Array[0, 3]).Sample((env, finalizers) =>
        {
            var target = Parse($"apiVersion: v1\nkind: Pod\nmetadata: {{finalizers: [{string.Join(',', finalizers)}]}}\nspec: {{containers: [{{name: x, env: [{string.Join(',', env)}]}}]}}");
            var hasDuplicates = finalizers.Distinct().Count() < finalizers.Length || env.Select(item => item[..9]).Distinct().Count() < env.Length;
            var result = StrategicMergePatch.Apply(target, Parse("{}"), KubernetesSchema.BuiltIn).Value;
            return hasDuplicates || ReferenceEquals(result, target);
        });
    }

    private static string Patch(string target, string patch, params string[] path)
    {
        var result = StrategicMergePatch.Apply(Parse(target), Parse(patch), KubernetesSchema.BuiltIn);
        result.Error.ShouldBeNull();
        var at = result.Value!.Get(path)!;
        return at is YamlMapping mapping
            ? KustomizeYamlWriter.Write([mapping])
            : KustomizeYamlWriter.Write([mappingOf(at)])["x:\n".Length..];

        static YamlMapping mappingOf(YamlNode node) => Parse("x: 1") is var owner ? owner.With([owner.Entries[0] with { Value = node }]) : owner;
    }

    private static YamlMapping Parse(string text)
    {
        var file = YamlParser.Parse(new SourceText("in.yaml", text));
        file.Problems.ShouldBeEmpty();
        return (YamlMapping)file.Documents.Single().Root!;
    }
}
