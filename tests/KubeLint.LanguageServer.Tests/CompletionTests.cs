namespace KubeLint.LanguageServer.Tests;

/// <summary>What could be typed. A <c>|</c> stands for the cursor.</summary>
public sealed class CompletionTests(FluxSession session) : IClassFixture<FluxSession>
{
    private const string Release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: web\nspec:\n";
    private const string Flux = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: web\n  namespace: flux-system\nspec:\n";

    [Theory]
    [InlineData("  chart:\n    spec:\n      sourceRef:\n        kind: HelmRepository\n        name: |\n", "charts", "charts\n        namespace: flux-system")]
    [InlineData("  chart:\n    spec:\n      sourceRef:\n        kind: HelmRepository\n        namespace: flux-system\n        name: ch|\n", "charts", "charts")]
    [InlineData("  chart:\n    spec:\n      sourceRef: { kind: HelmRepository, namespace: flux-system, name: | }\n", "charts", "charts")]
    [InlineData("  chart:\n    spec:\n      sourceRef:\n        kind: HelmRepository\n        name: charts\n        namespace: |\n", "flux-system", "flux-system")]
    [InlineData("  chartRef:\n    kind: OCIRepository\n    name: \"o|\"\n", "other", "\"other\"\n    namespace: flux-system")]
    [InlineData("  valuesFrom:\n    - kind: ConfigMap\n      name: |\n", "web-values", "web-values")]
    [InlineData("  valuesFrom:\n    - kind: ConfigMap\n      name: web-values\n      valuesKey: |\n", "values.yaml", "values.yaml")]
    [InlineData("  chart:\n    spec:\n      sourceRef:\n        kind: |\n", "HelmRepository", "HelmRepository")]
    [InlineData("  chart:\n    spec:\n      |\n", "sourceRef", "sourceRef:")]
    [InlineData("  |\n  values: {}\n", "interval", "interval: ")]
    [InlineData("  inst|: {}\n", "install", "install")]
    [InlineData("  suspend: |\n", "true", "true")]
    [InlineData("  values:\n    host: web.${|\n", "DOMAIN", "DOMAIN}")]
    [InlineData("  values:\n    host: web.${DO|}\n", "GREETING", "GREETING")]
    public async Task In_a_release(string typed, string label, string inserted) => (await Complete(FluxRepository.Web, Release + typed)).ShouldContain((label, inserted));

    [Theory]
    [InlineData("  dependsOn:\n    - name: |\n", "flux-system", "flux-system")]
    [InlineData("  dependsOn:\n    - |\n", "name", "name: ")]
    [InlineData("  path: |\n", "./apps", "./apps")]
    [InlineData("  path: ./apps/|\n", "./apps/web", "./apps/web")]
    [InlineData("  sourceRef:\n    kind: GitRepository\n    name: |\n", "flux-system", "flux-system")]
    [InlineData("  postBuild:\n    substituteFrom:\n      - kind: ConfigMap\n        name: |\n", "settings", "settings")]
    [InlineData("  postBuild:\n    substituteFrom:\n      - kind: Secret\n        name: |\n", "cluster-secrets", "cluster-secrets")]
    [InlineData("  decryption:\n    provider: |\n", "sops", "sops")]
    public async Task In_a_Flux_Kustomization(string typed, string label, string inserted) => (await Complete(FluxRepository.Apps, Flux + typed)).ShouldContain((label, inserted));

    [Theory]
    [InlineData("resources:\n  - |\n", "job.yaml", "job.yaml")]
    [InlineData("resources:\n- job.yaml\n- files/|\n", "files/values.yaml", "files/values.yaml")]
    [InlineData("patches:\n  - path: |\n", "patch.yaml", "patch.yaml")]
    [InlineData("components:\n  - ../|\n", "../web", "../web")]
    [InlineData("patches:\n  - |\n", "target", "target:")]
    [InlineData("configMapGenerator:\n  - name: a\n    files:\n      - values.yaml=files/|\n", "values.yaml=files/values.yaml", "values.yaml=files/values.yaml")]
    [InlineData("nam|", "namespace", "namespace: ")]
    public async Task In_a_kustomization_file(string typed, string label, string inserted) => (await Complete(FluxRepository.WebKustomization, typed)).ShouldContain((label, inserted));

    [Theory]
    [InlineData("a: b # kubelint: ignore[|", "image-latest-tag", "image-latest-tag")]
    [InlineData("# kubelint: ignore-file[KL1001, image-la|] for a reason\na: b\n", "KL1002", "KL1002")]
    [InlineData("# kubelint: |\na: b\n", "ignore", "ignore[")]
    public async Task In_a_comment(string typed, string label, string inserted) => (await Complete(FluxRepository.Web, typed)).ShouldContain((label, inserted));

    [Theory]
    [InlineData("|", "exclude", "exclude:")]
    [InlineData("rules:\n  |\n", "image-latest-tag", "image-latest-tag: ")]
    [InlineData("rules:\n  |\n", "images", "images: ")]
    [InlineData("rules:\n  image-latest-tag: |\n", "warning", "warning")]
    [InlineData("rules:\n  image-latest-tag:\n    |\n", "options", "options:")]
    [InlineData("rules:\n  image-latest-tag:\n    options:\n      |\n", "mutableTags", "mutableTags:")]
    [InlineData("overrides:\n  - paths: [a]\n    rules:\n      KL1001: |\n", "off", "off")]
    [InlineData("requireReason: |\n", "true", "true")]
    public async Task In_the_configuration(string typed, string label, string inserted) => (await Complete(".kubelint.yaml", typed)).ShouldContain((label, inserted));

    [Theory]
    [InlineData(Release + "  chart:\n    spec:\n      sourceRef:\n        kind: HelmRepository\n        name: |\n  values: [\n", "charts")]
    [InlineData(Release + "  values:\n    a: 'open\n  chart:\n    spec:\n      sourceRef:\n        kind: HelmRepository\n        name: |\n", "charts")]
    [InlineData(Release + "  interval: [\n  valuesFrom:\n    - kind: ConfigMap\n      name: |\n", "web-values")]
    public async Task While_the_text_does_not_parse(string typed, string label) => (await Complete(FluxRepository.Web, typed)).Select(item => item.Label).ShouldContain(label);

    [Theory]
    [InlineData("  values:\n    anything: |\n")]
    [InlineData("  chart:|\n")]
    [InlineData("  # a remark |\n")]
    [InlineData("  values:\n    script: $${|\n")]
    public async Task Where_nothing_fits_nothing_is_offered(string typed) => (await Complete(FluxRepository.Web, Release + typed)).ShouldBeEmpty();

    [Fact]
    public async Task What_a_Secret_holds_is_never_shown()
    {
        var editor = session.Editor;
        await editor.OpenAsync(FluxRepository.Web);
        await editor.RequestAsync("textDocument/definition", editor.At(FluxRepository.Web, "${DOMAIN}", 3));
        await editor.ReplaceAsync(FluxRepository.Web, "${GREETING}", "${");

        var answer = (await editor.RequestAsync("textDocument/completion", editor.At(FluxRepository.Web, "title: ${", 9)))!.ToJsonString();
        await editor.CloseAsync(FluxRepository.Web);

        answer.ShouldContain("TOKEN");
        answer.ShouldContain("hello");
        answer.ShouldNotContain("do-not-show-me");
    }

    private async Task<(string Label, string Inserted)[]> Complete(string path, string typed)
    {
        var editor = session.Editor;
        var full = Path.Combine(editor.Root, path);
        await editor.OpenAsync(path, File.Exists(full) ? File.ReadAllText(full) : "");
        var offset = typed.IndexOf('|', StringComparison.Ordinal);
        var text = typed.Remove(offset, 1);
        await editor.ChangeAsync(path, text);
        var parameters = editor.Document(path);
        parameters["position"] = Editor.Position(text, offset);
        var answer = await editor.RequestAsync("textDocument/completion", parameters);
        await editor.CloseAsync(path);
        return [.. (answer?["items"]?.AsArray() ?? []).Select(item => (item!["label"]!.ToString().Split(" (")[0], item["textEdit"]!["newText"]!.ToString()))];
    }
}
