using System.Text.Json.Nodes;

using KubeLint.Testing;

using StreamJsonRpc;

namespace KubeLint.LanguageServer.Tests;

/// <summary>A session from the first message to the last: folders, files that change on disk, settings, encodings.</summary>
public sealed class SessionTests
{
    private const string Backup = "kubernetes/apps/storage/backup/app/helmrelease.yaml";
    private const string Deployment = "kubernetes/apps/home/dashboard/app/deployment.yaml";

    [Fact]
    public async Task It_begins_and_ends_in_order()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path);

        editor.Initialized["serverInfo"]!["name"]!.ToString().ShouldBe("kubelint");
        editor.Initialized["capabilities"]!["positionEncoding"]!.ToString().ShouldBe("utf-16");
        (await editor.StopAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_client_that_goes_without_a_word_ends_it()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path);

        editor.Process.StandardInput.Close();

        await editor.Process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        editor.Process.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_request_is_an_error_and_the_session_goes_on()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path);

        await Should.ThrowAsync<RemoteMethodNotFoundException>(() => editor.RequestAsync("textDocument/unheardOf", new JsonObject()));
        await Should.ThrowAsync<RemoteRpcException>(() => editor.RequestAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = 7 }));
        await editor.OpenAsync(Backup);
        (await editor.DiagnosticsAsync(Backup)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_first_look_is_shown_as_progress_once()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path, new JsonObject { ["window"] = new JsonObject { ["workDoneProgress"] = true } });
        await editor.OpenAsync(Backup);
        await editor.DiagnosticsAsync(Backup);

        await editor.MessageAsync("$/progress", message => message!["value"]!["kind"]!.ToString() == "end");
        editor.Messages.Count(message => message.Method == "$/progress" && message.Parameters!["value"]!["kind"]!.ToString() == "begin").ShouldBe(1);
    }

    [Fact]
    public async Task Positions_count_bytes_where_the_client_likes_that_better()
    {
        var capabilities = JsonNode.Parse("""{ "general": { "positionEncodings": ["utf-8", "utf-16"] } }""");
        const string Text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: grüße, annotations: { a: \"🗄️\" }, namespace: x, name: again }\n";
        using var repository = new TemporaryRepository();
        repository.Write("a.yaml", Text);

        await using var bytes = await Editor.StartAsync(repository.Root, capabilities);
        await bytes.OpenAsync("a.yaml");
        await using var units = await Editor.StartAsync(repository.Root);
        await units.OpenAsync("a.yaml");

        bytes.Initialized["capabilities"]!["positionEncoding"]!.ToString().ShouldBe("utf-8");
        var line = Text.Split('\n')[2];
        var character = line.LastIndexOf("name: again", StringComparison.Ordinal);
        (await units.DiagnosticsAsync("a.yaml")).ShouldContain(item => item.StartsWith($"2:{character}-2:{character + 4} ", StringComparison.Ordinal));
        var offset = System.Text.Encoding.UTF8.GetByteCount(line[..character]);
        (await bytes.DiagnosticsAsync("a.yaml")).ShouldContain(item => item.StartsWith($"2:{offset}-2:{offset + 4} ", StringComparison.Ordinal));

        // An incremental change counts them alike.
        await bytes.NotifyAsync("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = bytes.UriOf("a.yaml"), ["version"] = 2 },
            ["contentChanges"] = new JsonArray(new JsonObject
            {
                ["range"] = new JsonObject
                {
                    ["start"] = new JsonObject { ["line"] = 2, ["character"] = offset },
                    ["end"] = new JsonObject { ["line"] = 2, ["character"] = offset + 4 },
                },
                ["text"] = "labels: {}, uid",
            }),
        });
        (await bytes.DiagnosticsAsync("a.yaml")).ShouldNotContain(item => item.Contains("name", StringComparison.Ordinal) && item.Contains("twice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_folder_is_a_repository_of_its_own()
    {
        using var one = TemporaryRepository.OfHomeCluster();
        using var two = TemporaryRepository.OfHomeCluster();
        two.Write(".kubelint.yaml", "rules:\n  images: off\n");
        await using var editor = await Editor.StartAsync(one.Root, folders: [one.Root]);
        var inTwo = Path.Combine(two.Root, Backup);
        await editor.PublishedAsync(Backup, lines => lines.Length == 2);

        await editor.NotifyAsync("workspace/didChangeWorkspaceFolders", Folders(added: two.Root, removed: one.Root));

        await editor.PublishedAsync(Backup, lines => lines.Length == 0);
        await editor.OpenAsync(inTwo);
        (await editor.DiagnosticsAsync(inTwo)).ShouldBeEmpty();

        static JsonObject Folders(string added, string removed) => new()
        {
            ["event"] = new JsonObject { ["added"] = new JsonArray(Folder(added)), ["removed"] = new JsonArray(Folder(removed)) },
        };
        static JsonObject Folder(string path) => new() { ["uri"] = Editor.Uri(path), ["name"] = "x" };
    }

    [Fact]
    public async Task A_file_outside_of_all_folders_brings_its_repository()
    {
        using var repository = TemporaryRepository.OfHomeCluster();
        using var empty = new TemporaryRepository();
        await using var editor = await Editor.StartAsync(empty.Root);
        var path = Path.Combine(repository.Root, Backup);

        await editor.OpenAsync(path);

        (await editor.PublishedAsync(path, lines => lines.Length == 2)).ShouldContain(line => line.Contains("KL1001", StringComparison.Ordinal));
        await editor.PublishedAsync(Path.Combine(repository.Root, Deployment), lines => lines.Length > 0);
    }

    [Fact]
    public async Task A_change_of_the_configuration_counts_as_it_is_typed()
    {
        using var repository = TemporaryRepository.OfHomeCluster();
        await using var editor = await Editor.StartAsync(repository.Root);
        await editor.OpenAsync(Backup);
        (await editor.DiagnosticsAsync(Backup)).Length.ShouldBe(2);

        await editor.OpenAsync(".kubelint.yaml");
        await editor.ChangeAsync(".kubelint.yaml", "rules:\n  image-latest-tag: error\n  image-pull-policy-always: off\n");
        (await editor.DiagnosticsAsync(Backup)).ShouldHaveSingleItem().ShouldStartWith("27:19-27:25 1 KL1001");

        // One that is wrong for a moment is told at its place, and the last good one holds.
        await editor.ChangeAsync(".kubelint.yaml", "rules:\n  image-latest-tag: error\n  image-pull-polcy-always: off\n");
        (await editor.DiagnosticsAsync(".kubelint.yaml")).ShouldContain(line => line.StartsWith("2:2-2:25 1 configuration", StringComparison.Ordinal) && line.Contains("image-pull-policy-always", StringComparison.Ordinal));
        (await editor.DiagnosticsAsync(Backup)).ShouldHaveSingleItem().ShouldStartWith("27:19-27:25 1 KL1001");

        await editor.CloseAsync(".kubelint.yaml");
        (await editor.DiagnosticsAsync(Backup)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Another_configuration_can_be_chosen_in_the_settings()
    {
        using var repository = TemporaryRepository.OfHomeCluster();
        repository.Write("strict.yaml", "rules:\n  images: off\n");
        await using var editor = await Editor.StartAsync(repository.Root, options: new JsonObject { ["configFile"] = "strict.yaml" });
        await editor.OpenAsync(Backup);
        (await editor.DiagnosticsAsync(Backup)).ShouldBeEmpty();

        await editor.NotifyAsync("workspace/didChangeConfiguration", JsonNode.Parse("""{ "settings": { "kubelint": { "configFile": null } } }""")!);

        (await editor.DiagnosticsAsync(Backup)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Settings_are_asked_for_where_the_client_answers()
    {
        using var repository = TemporaryRepository.OfHomeCluster();
        repository.Write("strict.yaml", "rules:\n  images: off\n");
        await using var editor = await Editor.StartAsync(repository.Root, JsonNode.Parse("""{ "workspace": { "configuration": true } }"""));
        editor.Settings = new JsonObject { ["configFile"] = "strict.yaml" };
        await editor.NotifyAsync("workspace/didChangeConfiguration", new JsonObject { ["settings"] = null });
        await editor.OpenAsync(Backup);

        await editor.PublishedAsync(Backup, lines => lines.Length == 0);
        editor.Messages.ShouldContain(message => message.Method == "workspace/configuration");
    }

    [Fact]
    public async Task Settings_that_cannot_be_read_are_told_and_cost_nothing_else()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path, options: new JsonObject { ["inlayHints"] = true });
        await editor.OpenAsync(Backup);

        (await editor.DiagnosticsAsync(Backup)).Length.ShouldBe(2);
        (await editor.MessageAsync("window/logMessage"))!["message"]!.ToString().ShouldContain("settings of kubelint cannot be read");
    }

    [Fact]
    public async Task Files_that_come_go_and_change_on_disk_are_taken_up()
    {
        using var repository = TemporaryRepository.OfHomeCluster();
        var capabilities = JsonNode.Parse("""{ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } }""");
        await using var editor = await Editor.StartAsync(repository.Root, capabilities);
        await editor.MessageAsync("client/registerCapability", message => message!.ToJsonString().Contains("didChangeWatchedFiles", StringComparison.Ordinal));
        await editor.PublishedAsync(Backup, lines => lines.Length == 2);

        repository.Write(Backup, repository.Read(Backup).Replace("tag: latest", "tag: 1.2.3", StringComparison.Ordinal));
        await editor.WatchedAsync(Backup, type: 2);
        await editor.PublishedAsync(Backup, lines => !lines.Any(line => line.Contains("KL1001", StringComparison.Ordinal)));

        repository.Delete(Deployment);
        await editor.WatchedAsync(Deployment, type: 3);
        const string Kustomization = "kubernetes/apps/home/dashboard/app/kustomization.yaml";
        await editor.PublishedAsync(Kustomization, lines => lines.Any(line => line.Contains("deployment.yaml", StringComparison.Ordinal)));
        await editor.PublishedAsync(Deployment, lines => lines.Length == 0);

        repository.Write(".gitignore", "kubernetes/apps/home/dashboard/\n");
        await editor.WatchedAsync(".gitignore", type: 1);
        await editor.PublishedAsync(Kustomization, lines => lines.Length == 0);
    }

    [Fact]
    public async Task Where_the_client_watches_nothing_the_server_does()
    {
        using var repository = TemporaryRepository.OfHomeCluster();
        await using var editor = await Editor.StartAsync(repository.Root);
        await editor.PublishedAsync(Backup, lines => lines.Length == 2);

        repository.Write(Backup, repository.Read(Backup).Replace("tag: latest", "tag: 1.2.3", StringComparison.Ordinal));

        await editor.PublishedAsync(Backup, lines => !lines.Any(line => line.Contains("KL1001", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_request_that_is_cancelled_ends_as_cancelled_and_the_session_goes_on()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path);
        await editor.OpenAsync(Backup);
        using var cancelled = new CancellationTokenSource();
        var asked = editor.RequestAsync("workspace/diagnostic", new JsonObject { ["previousResultIds"] = new JsonArray() }, cancelled.Token);

        await cancelled.CancelAsync();

        // Where the answer was quicker than the word, it is the answer.
        var answer = await Record.ExceptionAsync(() => asked);
        (answer is null or OperationCanceledException).ShouldBeTrue();
        (await editor.DiagnosticsAsync(Backup)).Length.ShouldBe(2);
    }
}

/// <summary>A small repository of the fixtures.</summary>
internal static class HomeCluster
{
    public static string Path { get; } = System.IO.Path.Combine(TestPaths.Root, "tests/fixtures/repos/home-cluster");
}
