using System.Text.Json.Nodes;

namespace KubeLint.LanguageServer.Tests;

/// <summary>Code lenses and inlay hints: what is shown above and within the text.</summary>
public sealed class LensTests
{
    [Fact]
    public async Task Above_a_document_stands_who_applies_it()
    {
        using var repository = TwoClusters.Write();
        await using var editor = await Editor.StartAsync(repository.Root);

        (await LensesAsync(editor, TwoClusters.Deployment)).ShouldBe(["0 applied by flux-system/apps in 2 clusters"]);
        (await LensesAsync(editor, TwoClusters.Kustomization)).ShouldBe(["0 built by flux-system/apps in 2 clusters"]);
        (await LensesAsync(editor, TwoClusters.Patch)).ShouldBe(["0 changes 1 object"]);
        (await LensesAsync(editor, TwoClusters.Unused)).ShouldBe(["0 not applied by any cluster: no kustomization names it"]);
        (await LensesAsync(editor, TwoClusters.Production)).ShouldBe(
            ["0 applied by flux-system/flux-system in cluster clusters/production", "0 applies 4 objects in clusters/production"]);
    }

    [Fact]
    public async Task Lenses_are_asked_for_again_after_a_save()
    {
        using var repository = TwoClusters.Write();
        await using var editor = await Editor.StartAsync(repository.Root, JsonNode.Parse("""{"workspace":{"codeLens":{"refreshSupport":true}}}"""));
        await editor.OpenAsync(TwoClusters.Kustomization);
        await editor.OpenAsync(TwoClusters.Unused);
        var before = editor.Messages.Count(message => message.Method == "workspace/codeLens/refresh");

        await editor.ReplaceAsync(TwoClusters.Kustomization, "  - web.yaml", "  - web.yaml\n  - unused.yaml");
        await editor.SaveAsync(TwoClusters.Kustomization);

        await editor.MessagesAsync("workspace/codeLens/refresh", before + 1);
        (await LensesAsync(editor, TwoClusters.Unused)).ShouldBe(["0 applied by flux-system/apps in 2 clusters"]);
    }

    [Fact]
    public async Task Hints_are_off_until_the_user_wants_them()
    {
        using var repository = TwoClusters.Write();
        await using var editor = await Editor.StartAsync(repository.Root, JsonNode.Parse("""{"workspace":{"inlayHint":{"refreshSupport":true}}}"""));
        await editor.OpenAsync(TwoClusters.Deployment);
        (await HintsAsync(editor, TwoClusters.Deployment)).ShouldBeEmpty();

        await editor.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"kubelint":{"inlayHints":{"effectiveValues":true}}}}""")!);

        await editor.MessagesAsync("workspace/inlayHint/refresh", 1);
        (await HintsAsync(editor, TwoClusters.Deployment)).ShouldBe(
            [
                "5:13 = 3 (clusters/production), 1 (clusters/staging)",
                "6:20 = 30",
                "18:43 = www.example.org (clusters/production), staging.example.org (clusters/staging)",
                "19:45 = from a Secret",
                "20:51 = none",
            ]);
    }

    private static async Task<string[]> LensesAsync(Editor editor, string path)
    {
        if (!editor.IsOpen(path))
        {
            await editor.OpenAsync(path);
        }

        var lenses = (await editor.RequestAsync("textDocument/codeLens", editor.Document(path)))!.AsArray();
        return [.. lenses.Select(lens => $"{lens!["range"]!["start"]!["line"]} {lens["command"]!["title"]}")];
    }

    private static async Task<string[]> HintsAsync(Editor editor, string path)
    {
        var whole = editor.Document(path);
        whole["range"] = Editor.Range(editor.TextOf(path), 0, editor.TextOf(path).Length);
        var hints = (await editor.RequestAsync("textDocument/inlayHint", whole))!.AsArray();
        return [.. hints.Select(hint => $"{hint!["position"]!["line"]}:{hint["position"]!["character"]} {hint["label"]}")];
    }
}
