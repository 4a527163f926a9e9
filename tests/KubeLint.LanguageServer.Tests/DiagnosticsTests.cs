using System.Text.Json.Nodes;

namespace KubeLint.LanguageServer.Tests;

/// <summary>Findings as an editor gets them.</summary>
public sealed class DiagnosticsTests
{
    private const string Backup = "kubernetes/apps/storage/backup/app/helmrelease.yaml";
    private const string BackupKustomization = "kubernetes/apps/storage/backup/app/kustomization.yaml";

    [Fact]
    public async Task Findings_are_told_without_being_asked_for()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path);
        await editor.OpenAsync(Backup);

        (await editor.PublishedAsync(Backup, lines => lines.Length == 2)).ShouldContain(line => line.Contains("KL1001", StringComparison.Ordinal));
        (await editor.PublishedAsync("kubernetes/apps/home/dashboard/app/deployment.yaml", lines => lines.Length > 0)).ShouldNotBeEmpty();

        await editor.ReplaceAsync(Backup, "tag: latest", "tag: 1.2.3");
        await editor.PublishedAsync(Backup, lines => !lines.Any(line => line.Contains("KL1001", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_finding_has_its_code_its_page_and_its_source()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path);
        await editor.OpenAsync(Backup);

        var report = await editor.RequestAsync("textDocument/diagnostic", editor.Document(Backup));

        var finding = report!["items"]![0]!;
        finding["code"]!.ToString().ShouldBe("KL1001");
        finding["source"]!.ToString().ShouldBe("kubelint");
        finding["codeDescription"]!["href"]!.ToString().ShouldEndWith("docs/rules/KL1001.md");
    }

    [Fact]
    public async Task Related_places_are_told()
    {
        using var repository = new TemporaryRepository();
        repository.Write("a.yaml", "a: 1\nb: 2\na: 3\n");
        await using var editor = await Editor.StartAsync(repository.Root);
        await editor.OpenAsync("a.yaml");

        var report = await editor.RequestAsync("textDocument/diagnostic", editor.Document("a.yaml"));

        var related = report!["items"]![0]!["relatedInformation"]![0]!;
        related["location"]!["uri"]!.ToString().ShouldBe(editor.UriOf("a.yaml"));
        related["location"]!["range"]!["start"]!["line"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task On_save_all_files_that_a_change_affects_are_told()
    {
        using var repository = TemporaryRepository.OfHomeCluster();
        await using var editor = await Editor.StartAsync(repository.Root);
        await editor.PublishedAsync(Backup, lines => lines.Length == 2);
        await editor.OpenAsync(BackupKustomization);

        // A patch in a file beside: the finding in the HelmRelease goes.
        await editor.ChangeAsync(BackupKustomization, editor.TextOf(BackupKustomization) + """
            patches:
              - target: { kind: HelmRelease }
                patch: |
                  - op: replace
                    path: /spec/values/controllers/backup/containers/main/image/tag
                    value: 1.64.2@sha256:a5d0ce49aa801d475da48f8cb163c354ab95cab073cd3c138bd458fc8257fbf1

            """.ReplaceLineEndings("\n"));
        await editor.SaveAsync(BackupKustomization);

        await editor.PublishedAsync(Backup, lines => !lines.Any(line => line.Contains("KL1001", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_same_findings_are_not_sent_twice_to_who_asks()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path, JsonNode.Parse("""{ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } }"""));
        await editor.OpenAsync(Backup);
        var first = await editor.RequestAsync("textDocument/diagnostic", editor.Document(Backup));
        var again = editor.Document(Backup);
        again["previousResultId"] = first!["resultId"]!.ToString();

        (await editor.RequestAsync("textDocument/diagnostic", again))!["kind"]!.ToString().ShouldBe("unchanged");

        var all = await editor.RequestAsync("workspace/diagnostic", new JsonObject { ["previousResultIds"] = new JsonArray() });
        all!["items"]!.AsArray().Select(item => item!["uri"]!.ToString()).ShouldContain(editor.UriOf(Backup));
        var known = new JsonArray([.. all["items"]!.AsArray().Select(item => new JsonObject { ["uri"] = item!["uri"]!.ToString(), ["value"] = item["resultId"]!.ToString() })]);
        var unchanged = await editor.RequestAsync("workspace/diagnostic", new JsonObject { ["previousResultIds"] = known });
        unchanged!["items"]!.AsArray().ShouldAllBe(item => item!["kind"]!.ToString() == "unchanged");

        // Who asks is not told besides.
        await editor.MessageAsync("workspace/diagnostic/refresh");
        editor.Messages.ShouldNotContain(message => message.Method == "textDocument/publishDiagnostics");
    }

    [Fact]
    public async Task Text_that_does_not_parse_for_a_moment_does_not_disturb_other_files()
    {
        using var repository = TemporaryRepository.OfHomeCluster();
        await using var editor = await Editor.StartAsync(repository.Root);
        await editor.PublishedAsync(Backup, lines => lines.Length == 2);
        await editor.OpenAsync(BackupKustomization);
        var text = editor.TextOf(BackupKustomization);

        await editor.ChangeAsync(BackupKustomization, text + "patches: [\n");
        await editor.PublishedAsync(BackupKustomization, lines => lines.Any(line => line.Contains("KL0002", StringComparison.Ordinal)));
        await editor.NotifyAsync("textDocument/didSave", editor.Document(BackupKustomization));
        var all = await editor.RequestAsync("workspace/diagnostic", new JsonObject { ["previousResultIds"] = new JsonArray() });

        all!["items"]!.AsArray().Count(item => item!["uri"]!.ToString() == editor.UriOf(Backup) && item["items"]!.AsArray().Count == 2).ShouldBe(1);
        editor.Messages.Where(message => message.Method == "textDocument/publishDiagnostics" && message.Parameters!["uri"]!.ToString() == editor.UriOf(Backup)).Count().ShouldBe(1);

        await editor.ChangeAsync(BackupKustomization, text);
        await editor.PublishedAsync(BackupKustomization, lines => lines.Length == 0);
    }

    [Fact]
    public async Task A_new_file_that_is_not_saved_yet_is_part_of_the_repository()
    {
        using var repository = TemporaryRepository.OfHomeCluster();
        await using var editor = await Editor.StartAsync(repository.Root);
        const string New = "kubernetes/apps/storage/backup/app/extra.yaml";
        await editor.OpenAsync(BackupKustomization);
        await editor.ChangeAsync(BackupKustomization, editor.TextOf(BackupKustomization).Replace("resources:\n", "resources:\n  - ./extra.yaml\n", StringComparison.Ordinal));
        (await editor.DiagnosticsAsync(BackupKustomization)).ShouldContain(line => line.Contains("extra.yaml", StringComparison.Ordinal));

        await editor.OpenAsync(New, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extra\ndata: {}\n");

        (await editor.DiagnosticsAsync(BackupKustomization)).ShouldNotContain(line => line.Contains("extra.yaml", StringComparison.Ordinal));
    }
}
