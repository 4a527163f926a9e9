using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Flux.Tests;

public sealed class ReleaseTests
{
    private const string Root = """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: apps, namespace: flux-system}
        spec: {path: ./apps, sourceRef: {kind: GitRepository, name: flux-system}}
        """;

    [Fact]
    public void Values_are_layers_and_keep_their_places()
    {
        var release = Load(
            ("apps/kustomization.yaml",
                "namespace: web\nresources: [release.yaml, secret.yaml]\nconfigMapGenerator:\n  - name: values\n    files: [values.yaml]\n    options: {disableNameSuffixHash: true}\n"),
            ("apps/values.yaml", "image:\n  repository: ghcr.io/acme/web\n  tag: \"1\"\nlist: [a, b]\nkept: 1\n"),
            ("apps/secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: secret}\nstringData: {tag: \"3\", hidden: \"ENC[AES256_GCM,data:x]\"}\n"),
            ("apps/release.yaml", Release("""
                  valuesFrom:
                    - {kind: ConfigMap, name: values}
                    - {kind: Secret, name: secret, valuesKey: tag, targetPath: image.tag}
                    - {kind: Secret, name: secret, valuesKey: hidden, targetPath: password}
                    - {kind: Secret, name: secret, valuesKey: none}
                    - {kind: ConfigMap, name: elsewhere, optional: true}
                  values:
                    image: {tag: "2", pullPolicy: Always}
                    list: [c]
                """)));
        release.Layers.Select(layer => $"{layer.Kind} {layer.State}").ShouldBe(
            ["Reference Known", "Target Known", "Target Unknown", "Reference MissingKey", "Reference MissingObject", "Inline Known"]);
        var values = release.Values.ShouldNotBeNull();
        Place(values.Get("image", "repository")).ShouldBe("ghcr.io/acme/web apps/values.yaml:2:15");
        Place(values.Get("image", "tag")).ShouldBe("3 apps/secret.yaml:4:19");
        Place(values.Get("image", "pullPolicy")).ShouldBe("Always apps/release.yaml:13:35");
        values["list"]!.AsSequence()!.Items.Length.ShouldBe(1);
        Place(values["kept"]).ShouldBe("1 apps/values.yaml:5:7");
        values["password"].ShouldBeNull();
        release.Images.Single().DisplayName.ShouldContain("ghcr.io/acme/web");
    }

    [Fact]
    public void A_chart_in_the_repository_gives_its_defaults_and_schema()
    {
        var release = Load(
            ("apps/release.yaml", Release("  chart: {spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}}\n  values: {a: 2}\n")),
            ("charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n"),
            ("charts/web/values.yaml", "a: 1\nb: 1\n"),
            ("charts/web/values.schema.json", "{}"));
        release.Chart.Directory.ShouldBe(TestRepository.Directory + "/charts/web");
        release.Chart.SchemaPath.ShouldBe(TestRepository.Directory + "/charts/web/values.schema.json");
        release.Layers.Select(layer => $"{layer.Kind} {layer.Origin}").ShouldBe(["Chart charts/web/values.yaml", "Inline spec.values"]);
        release.Values!.GetString("b").ShouldBeNull();
    }

    [Fact]
    public void A_chartRef_has_the_version_of_its_source()
    {
        var release = Load(
            ("apps/release.yaml", Release("  chartRef: {kind: OCIRepository, name: web}\n")),
            ("apps/source.yaml", "apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: web, namespace: web}\nspec: {url: \"oci://x/y\", ref: {tag: 1.2.3}}\n"));
        release.Chart.Version!.Value.ShouldBe("1.2.3");
        release.Chart.Version.Location.Text.Path.ShouldBe("apps/source.yaml");
        release.Chart.Source.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("a.b", "{a: {b: x, c: 1}}")]
    [InlineData("d", "{a: {c: 1}, d: x}")]
    [InlineData("e[1].f", "{a: {c: 1}, e: [~, {f: x}]}")]
    [InlineData("a\\.b", "{a: {c: 1}, a.b: x}")]
    public void A_target_path_sets_one_value(string path, string expected)
    {
        var values = (YamlMapping)Parse("{a: {c: 1}}");
        Text(ValuesMerge.Set(values, path, Parse("x"))!).ShouldBe(Text(Parse(expected)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a[x]")]
    [InlineData("[0]")]
    [InlineData("a..b")]
    public void A_target_path_that_is_none_sets_nothing(string path) => ValuesMerge.Set((YamlMapping)Parse("{a: 1}"), path, Parse("x")).ShouldBeNull();

    private static string Place(YamlNode? node) => $"{node!.AsScalar()!.Value} {node.Location}";

    private static YamlNode Parse(string text) => YamlParser.Parse(new SourceText("v.yaml", text)).Documents[0].Root!;

    private static string Text(YamlNode node) => node.Resolved switch
    {
        YamlScalar scalar => scalar.IsNull ? "null" : scalar.Value,
        YamlSequence sequence => $"[{string.Join(',', sequence.Items.Select(Text))}]",
        YamlMapping mapping => $"{{{string.Join(',', mapping.Entries.OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => $"{entry.Name}:{Text(entry.Value)}"))}}}",
        _ => "",
    };

    private static string Release(string spec) =>
        $"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {{name: web, namespace: web}}\nspec:\n  interval: 1h\n{spec}";

    private static FluxHelmRelease Load(params (string Path, string Text)[] files) => RepositoryModelBuilder.Build(
        Workspace.Load(TestRepository.Source([.. files, ("flux/apps.yaml", Root)]), new WorkspaceOptions { BaseDirectory = TestRepository.Directory })).Clusters.Single().Releases.Single();
}
