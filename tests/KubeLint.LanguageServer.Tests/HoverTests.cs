using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KubeLint.LanguageServer.Tests;

/// <summary>What is shown over a token.</summary>
public sealed partial class HoverTests
{
    [Fact]
    public async Task A_value_that_a_patch_changes_in_one_cluster_is_told_for_each()
    {
        using var repository = TwoClusters.Write();
        await using var editor = await Editor.StartAsync(repository.Root);

        (await HoverAsync(editor, TwoClusters.Deployment, "replicas: 1")).ShouldBe(
            """
            `spec.replicas`, written `1`:

            - cluster clusters/production: `3`, from the patch in [clusters/production/apps.yaml:27]
            - cluster clusters/staging: `1`, as written here
            """);
    }

    [Fact]
    public async Task A_value_that_all_clusters_get_differently_is_told_once()
    {
        using var repository = TwoClusters.Write();
        await using var editor = await Editor.StartAsync(repository.Root);

        (await HoverAsync(editor, TwoClusters.Deployment, "minReadySeconds")).ShouldBe(
            "`spec.minReadySeconds`, written `5`: all 2 clusters get `30`, from the patch in [apps/patch.yaml:6]");
        (await HoverAsync(editor, TwoClusters.Deployment, "revisionHistoryLimit")).ShouldBe(
            "`spec.revisionHistoryLimit`: all 2 clusters get `2`, as written here");
    }

    [Fact]
    public async Task A_patch_tells_what_it_changes_and_what_stood_there()
    {
        using var repository = TwoClusters.Write();
        await using var editor = await Editor.StartAsync(repository.Root);

        (await HoverAsync(editor, TwoClusters.Production, "replicas: 3")).ShouldBe(
            """
            This patch sets `3` in:

            - Deployment/default/web: `spec.replicas`, which was `1` ([apps/web.yaml:6])
            """);
        (await HoverAsync(editor, TwoClusters.Patch, "kind")).ShouldBe("This patch changes one object:\n\n- Deployment/default/web");
        (await HoverAsync(editor, TwoClusters.Kustomization, "patch.yaml")).ShouldStartWith("This patch changes one object:\n\n- Deployment/default/web");
    }

    [Fact]
    public async Task Values_from_a_file_tell_what_counts_over_them()
    {
        using var repository = TwoClusters.Write();
        await using var editor = await Editor.StartAsync(repository.Root);

        (await HoverAsync(editor, TwoClusters.Values, "size")).ShouldBe("`size`, written `small`: all 2 clusters get `large`, from [apps/release.yaml:16]");
        (await HoverAsync(editor, TwoClusters.Values, "level")).ShouldBe("`level`: all 2 clusters get `debug`, as written here");
        (await HoverAsync(editor, TwoClusters.Release, "values:\n", 1)).ShouldContain("- `level`: `debug`, from ConfigMap/default/web-values, key values.yaml in [apps/values.yaml:2]");
    }

    [Fact]
    public async Task A_variable_tells_its_value_and_its_definition()
    {
        using var repository = TwoClusters.Write();
        await using var editor = await Editor.StartAsync(repository.Root);

        var text = await HoverAsync(editor, TwoClusters.Deployment, "${HOST}", 3);

        text.ShouldContain("- `${HOST}` is `www.example.org`, from spec.postBuild.substitute in [clusters/production/apps.yaml:15] (in flux-system/apps of cluster clusters/production)");
        text.ShouldContain("- cluster clusters/staging: `staging.example.org`, by the variable in [clusters/staging/apps.yaml:15]");
        (await HoverAsync(editor, TwoClusters.Deployment, "${OTHER:=none}", 3)).ShouldStartWith("`${OTHER}` is not set: what the expression gives without it counts");
    }

    [Fact]
    public async Task What_a_Secret_holds_is_never_shown()
    {
        using var repository = TwoClusters.Write();
        await using var editor = await Editor.StartAsync(repository.Root, options: JsonNode.Parse("""{"inlayHints":{"effectiveValues":true}}"""));

        var variable = await HoverAsync(editor, TwoClusters.Deployment, "${TOKEN}", 3);
        variable.ShouldContain("`${TOKEN}` is from Secret flux-system/credentials");
        variable.ShouldContain(": a value from Secret flux-system/credentials, not shown");
        (await HoverAsync(editor, TwoClusters.Values, "password")).ShouldContain("get a value from Secret default/credentials, not shown");
        (await HoverAsync(editor, TwoClusters.Release, "values:\n", 1)).ShouldContain("- `password`: a value from Secret default/credentials, not shown");

        // Nowhere, whatever is asked of any token of the files that use it.
        foreach (var path in new[] { TwoClusters.Deployment, TwoClusters.Values, TwoClusters.Release, TwoClusters.Secret })
        {
            await editor.OpenAsync(path);
            var lines = editor.TextOf(path).Split('\n');
            for (var line = 0; line < lines.Length; line++)
            {
                foreach (var character in new[] { lines[line].Length - lines[line].TrimStart().Length, lines[line].Length - 1 })
                {
                    var asked = editor.Document(path);
                    asked["position"] = new JsonObject { ["line"] = line, ["character"] = Math.Max(0, character) };
                    ((await editor.RequestAsync("textDocument/hover", asked))?.ToJsonString() ?? "").ShouldNotContain("hunter2");
                }
            }

            var whole = editor.Document(path);
            whole["range"] = Editor.Range(editor.TextOf(path), 0, editor.TextOf(path).Length);
            (await editor.RequestAsync("textDocument/inlayHint", whole))!.ToJsonString().ShouldNotContain("hunter2");
        }
    }

    [Fact]
    public async Task An_image_is_taken_apart()
    {
        using var repository = TwoClusters.Write();
        await using var editor = await Editor.StartAsync(repository.Root);

        (await HoverAsync(editor, TwoClusters.Deployment, "ghcr.io", 2)).ShouldStartWith(
            """
            Image `ghcr.io/example/web:1.2.3`
            - registry: `ghcr.io`
            - repository: `example/web`
            - tag: `1.2.3`
            """);
    }

    [Fact]
    public async Task A_finding_is_explained_and_a_field_documented()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path);
        const string Backup = "kubernetes/apps/storage/backup/app/helmrelease.yaml";

        var text = await HoverAsync(editor, Backup, "latest", 2);
        text.ShouldStartWith("[KL1001 image-latest-tag]\n\n**");
        text.ShouldContain("Reports images that are found by a tag that moves");
        (await HoverAsync(editor, Backup, "chartRef")).ShouldContain("`spec.chartRef`: An `OCIRepository` or `HelmChart` that is the chart to install.");
    }

    [Fact]
    public async Task Positions_may_count_bytes()
    {
        using var repository = TwoClusters.Write();
        repository.Write(TwoClusters.Deployment, repository.Read(TwoClusters.Deployment).Replace("{name: HOST,", "{name: \"Größe\",", StringComparison.Ordinal));
        await using var editor = await Editor.StartAsync(repository.Root, JsonNode.Parse("""{"general":{"positionEncodings":["utf-8"]}}"""));
        await editor.OpenAsync(TwoClusters.Deployment);

        // Two letters before it take two bytes each.
        var asked = editor.At(TwoClusters.Deployment, "${HOST}");
        var character = asked["position"]!["character"]!.GetValue<int>();
        asked["position"]!["character"] = character + 2;
        var hover = await editor.RequestAsync("textDocument/hover", asked);

        hover!["contents"]!["value"]!.ToString().ShouldContain("`${HOST}` is `www.example.org`");
        hover["range"]!["start"]!["character"]!.GetValue<int>().ShouldBe(character + 2 - 1);
    }

    [Fact]
    public async Task While_the_text_is_broken_the_last_good_moment_answers()
    {
        using var repository = TwoClusters.Write();
        await using var editor = await Editor.StartAsync(repository.Root);
        await HoverAsync(editor, TwoClusters.Deployment, "replicas");

        await editor.ReplaceAsync(TwoClusters.Deployment, "metadata:", "broken: [\nmetadata:");

        (await HoverAsync(editor, TwoClusters.Deployment, "minReadySeconds")).ShouldBe(
            "`spec.minReadySeconds`, written `5`: all 2 clusters get `30`, from the patch in [apps/patch.yaml:6]");
    }

    // Without the addresses of links, which differ from run to run.
    private static async Task<string> HoverAsync(Editor editor, string path, string marker, int offset = 1)
    {
        if (!editor.IsOpen(path))
        {
            await editor.OpenAsync(path);
        }

        var hover = await editor.RequestAsync("textDocument/hover", editor.At(path, marker, offset));
        return LinkAddress().Replace(hover?["contents"]?["value"]?.ToString() ?? "", "");
    }

    [GeneratedRegex(@"(?<=\])\((file|https)://[^)]*\)")]
    private static partial Regex LinkAddress();
}
