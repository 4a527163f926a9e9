using System.Text.Json.Nodes;

namespace KubeLint.LanguageServer.Tests;

/// <summary>Outlines, and objects by name.</summary>
public sealed class SymbolTests(FluxSession session) : IClassFixture<FluxSession>
{
    [Fact]
    public async Task The_outline_shows_the_objects_of_a_file_and_what_they_hold()
    {
        using var repository = FluxRepository.Create();
        var capabilities = JsonNode.Parse("""{"textDocument":{"documentSymbol":{"hierarchicalDocumentSymbolSupport":true}}}""");
        await using var editor = await Editor.StartAsync(repository.Root, capabilities);
        await editor.OpenAsync(FluxRepository.Settings);

        var symbols = (await editor.RequestAsync("textDocument/documentSymbol", editor.Document(FluxRepository.Settings)))!;

        Show(symbols, "").ShouldBe(
        [
            "ConfigMap settings",
            "  apiVersion = v1",
            "  kind = ConfigMap",
            "  metadata",
            "    name = settings",
            "    namespace = flux-system",
            "  data",
            "Secret cluster-secrets",
            "  apiVersion = v1",
            "  kind = Secret",
            "  metadata",
            "    name = cluster-secrets",
            "    namespace = flux-system",
            "  stringData",
        ]);
        symbols.ToJsonString().ShouldNotContain("do-not-show-me");
    }

    [Fact]
    public async Task A_client_without_trees_gets_a_list()
    {
        var editor = session.Editor;
        await editor.OpenAsync(FluxRepository.Settings);

        var symbols = (await editor.RequestAsync("textDocument/documentSymbol", editor.Document(FluxRepository.Settings)))!.AsArray();

        symbols[0]!["name"]!.ToString().ShouldBe("ConfigMap settings");
        symbols[0]!["location"]!["range"]!["start"]!["line"]!.GetValue<int>().ShouldBe(3);
        symbols[1]!["containerName"]!.ToString().ShouldBe("ConfigMap settings");
    }

    [Theory]
    [InlineData("web", "HelmRelease web@web", "Kustomization web@flux-system")]
    [InlineData("hrweb", "HelmRelease web@web")]
    [InlineData("CHARTS", "HelmRepository charts@flux-system")]
    [InlineData("nothing-like-this")]
    public async Task Objects_are_found_by_letters_of_their_names(string query, params string[] expected)
    {
        var editor = session.Editor;

        var symbols = (await editor.RequestAsync("workspace/symbol", new JsonObject { ["query"] = query }))!.AsArray();

        symbols.Select(symbol => $"{symbol!["name"]}@{symbol["containerName"]}").Take(expected.Length == 0 ? 1 : expected.Length).ShouldBe(expected);
    }

    [Fact]
    public async Task Without_a_query_all_objects_are_told()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path);

        var symbols = (await editor.RequestAsync("workspace/symbol", new JsonObject { ["query"] = "" }))!.AsArray();

        symbols.Select(symbol => symbol!["name"]!.ToString()).ShouldContain("Deployment dashboard");
        symbols.Count.ShouldBeGreaterThan(12);
    }

    private static IEnumerable<string> Show(JsonNode? symbols, string indent) => (symbols?.AsArray() ?? []).SelectMany(symbol =>
        Show(symbol!["children"], indent + "  ").Prepend($"{indent}{symbol["name"]}{(symbol["detail"] is { } detail && indent.Length > 0 ? $" = {detail}" : "")}"));
}
