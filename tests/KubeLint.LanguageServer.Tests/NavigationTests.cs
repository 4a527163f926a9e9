using System.Text.Json.Nodes;

namespace KubeLint.LanguageServer.Tests;

/// <summary>From a reference to what it means, and back.</summary>
public sealed class NavigationTests(FluxSession session) : IClassFixture<FluxSession>
{
    [Theory]
    [InlineData(FluxRepository.Web, "name: charts", 7, "infra/charts.yaml:3:8")]
    [InlineData(FluxRepository.Apps, "name: infra\n  sourceRef", 7, "clusters/home/apps.yaml:3:8")]
    [InlineData(FluxRepository.Apps, "name: settings", 7, "clusters/home/settings.yaml:3:8")]
    [InlineData(FluxRepository.Apps, "name: cluster-secrets", 7, "clusters/home/settings.yaml:11:8")]
    [InlineData(FluxRepository.Apps, "./apps/web", 3, "apps/web/kustomization.yaml:0:0")]
    [InlineData(FluxRepository.Web, "name: web-values", 7, "apps/web/kustomization.yaml:7:10")]
    [InlineData(FluxRepository.Web, "name: web-credentials", 7, "apps/web/values-secret.yaml:3:8")]
    [InlineData(FluxRepository.Web, "${DOMAIN}", 3, "clusters/home/settings.yaml:6:2")]
    [InlineData(FluxRepository.Web, "${GREETING}", 3, "clusters/home/apps.yaml:30:6")]
    [InlineData(FluxRepository.WebKustomization, "job.yaml", 2, "apps/web/job.yaml:0:0")]
    [InlineData(FluxRepository.WebKustomization, "values.yaml=", 2, "apps/web/files/values.yaml:0:0")]
    [InlineData(FluxRepository.WebKustomization, "patch.yaml", 2, "apps/web/patch.yaml:0:0")]
    [InlineData(FluxRepository.WebKustomization, "name: web\n", 7, "apps/web/helmrelease.yaml:3:8")]
    [InlineData(FluxRepository.Job, "name: web-credentials", 7, "apps/web/values-secret.yaml:3:8")]
    [InlineData(FluxRepository.Job, "name: made", 7, "apps/web/kustomization.yaml:12:10")]
    public async Task A_reference_leads_to_what_it_means(string path, string marker, int offset, string expected)
    {
        var editor = session.Editor;
        await editor.OpenAsync(path);

        Places(editor, await editor.RequestAsync("textDocument/definition", editor.At(path, marker, offset))).ShouldBe([expected]);
    }

    [Fact]
    public async Task A_client_with_links_is_told_where_it_came_from()
    {
        using var repository = FluxRepository.Create();
        var capabilities = JsonNode.Parse("""{"textDocument":{"definition":{"linkSupport":true}}}""");
        await using var editor = await Editor.StartAsync(repository.Root, capabilities);
        await editor.OpenAsync(FluxRepository.Web);

        var link = (await editor.RequestAsync("textDocument/definition", editor.At(FluxRepository.Web, "name: charts", 7)))![0]!;

        link["targetUri"]!.ToString().ShouldBe(editor.UriOf("infra/charts.yaml"));
        Range(link["originSelectionRange"]!).ShouldBe("11:14-11:20");
        Range(link["targetSelectionRange"]!).ShouldBe("3:8-3:14");
        Range(link["targetRange"]!).ShouldStartWith("0:0-");
    }

    [Fact]
    public async Task A_reference_is_followed_while_the_text_does_not_parse()
    {
        var editor = session.Editor;
        await editor.OpenAsync(FluxRepository.Web);
        await editor.RequestAsync("textDocument/definition", editor.At(FluxRepository.Web, "name: charts", 7));
        await editor.ReplaceAsync(FluxRepository.Web, "  chart:\n", "  interval: [\n  chart:\n");

        var answer = await editor.RequestAsync("textDocument/definition", editor.At(FluxRepository.Web, "name: charts", 7));
        await editor.CloseAsync(FluxRepository.Web);

        Places(editor, answer).ShouldBe(["infra/charts.yaml:3:8"]);
    }

    [Fact]
    public async Task What_refers_to_an_object_is_found_from_its_name_and_from_a_reference()
    {
        var editor = session.Editor;
        await editor.OpenAsync("infra/charts.yaml");
        await editor.OpenAsync(FluxRepository.Apps);

        (await References(editor, editor.At("infra/charts.yaml", "name: charts", 7), withDeclaration: false)).ShouldBe(["apps/web/helmrelease.yaml:11:14"]);
        (await References(editor, editor.At(FluxRepository.Apps, "name: infra\n  sourceRef", 7), withDeclaration: true))
            .ShouldBe(["clusters/home/apps.yaml:24:12", "clusters/home/apps.yaml:3:8"]);
    }

    [Fact]
    public async Task The_uses_of_a_variable_are_found_from_its_key()
    {
        var editor = session.Editor;
        await editor.OpenAsync(FluxRepository.Settings);

        (await References(editor, editor.At(FluxRepository.Settings, "DOMAIN", 2), withDeclaration: false)).ShouldBe(["apps/web/helmrelease.yaml:19:14"]);
    }

    [Theory]
    [InlineData("apiVersion", 0)]
    [InlineData("kind:", 2)]
    public async Task What_includes_a_file_is_found_from_its_first_lines(string marker, int offset)
    {
        var editor = session.Editor;
        await editor.OpenAsync(FluxRepository.Web);
        await editor.OpenAsync(FluxRepository.WebKustomization);

        (await References(editor, editor.At(FluxRepository.Web, marker, offset), withDeclaration: true)).ShouldBe(["apps/web/kustomization.yaml:3:4"]);
        (await References(editor, editor.At(FluxRepository.WebKustomization, marker, offset), withDeclaration: true)).ShouldBe(["clusters/home/apps.yaml:20:8"]);
    }

    [Fact]
    public async Task Paths_are_links()
    {
        var editor = session.Editor;
        await editor.OpenAsync(FluxRepository.WebKustomization);

        var links = (await editor.RequestAsync("textDocument/documentLink", editor.Document(FluxRepository.WebKustomization)))!.AsArray();

        links.Select(link => $"{Range(link!["range"]!)} {Relative(editor, link["target"]!)}").ShouldBe(
        [
            "3:4-3:20 apps/web/helmrelease.yaml",
            "4:4-4:12 apps/web/job.yaml",
            "5:4-5:22 apps/web/values-secret.yaml",
            "9:8-9:37 apps/web/files/values.yaml",
            "16:10-16:20 apps/web/patch.yaml",
        ]);
    }

    private static async Task<string[]> References(Editor editor, JsonObject at, bool withDeclaration)
    {
        at["context"] = new JsonObject { ["includeDeclaration"] = withDeclaration };
        return Places(editor, await editor.RequestAsync("textDocument/references", at));
    }

    private static string[] Places(Editor editor, JsonNode? answer) =>
        [.. (answer?.AsArray() ?? []).Select(item => $"{Relative(editor, item!["uri"]!)}:{item["range"]!["start"]!["line"]}:{item["range"]!["start"]!["character"]}").Order(StringComparer.Ordinal)];

    private static string Relative(Editor editor, JsonNode uri) => Path.GetRelativePath(editor.Root, new Uri(uri.ToString()).LocalPath);

    private static string Range(JsonNode range) => $"{range["start"]!["line"]}:{range["start"]!["character"]}-{range["end"]!["line"]}:{range["end"]!["character"]}";
}
