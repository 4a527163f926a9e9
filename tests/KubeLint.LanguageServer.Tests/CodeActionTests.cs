using System.Text.Json.Nodes;

namespace KubeLint.LanguageServer.Tests;

/// <summary>What an editor offers to do about findings.</summary>
public sealed class CodeActionTests
{
    private const string Source = """
        # kubelint: ignore[image-latest-tag] once it was needed
        apiVersion: source.toolkit.fluxcd.io/v1beta2
        kind: GitRepository
        metadata:
          name: größe
          namespace: flux-system
        spec:
          interval: 1h
          url: https://github.com/stefanprodan/podinfo

        """;

    private const string Pod = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
        spec:
          containers:
            - name: web
              image: nginx:latest

        """;

    private const string Patching = """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: apps
          namespace: flux-system
        spec:
          interval: 1h
          path: ./apps
          prune: true
          sourceRef:
            kind: GitRepository
            name: flux-system
          patches:
            - patch: |
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web
                spec:
                  containers:
                    - name: web
                      image: nginx:latest

        """;

    [Fact]
    public async Task A_safe_fix_is_an_edit_of_the_version_that_is_open()
    {
        using var repository = new TemporaryRepository();
        repository.Write("source.yaml", Source);
        await using var editor = await Editor.StartAsync(repository.Root);
        await editor.OpenAsync("source.yaml");

        var fix = (await ActionsAsync(editor, "source.yaml", "source.toolkit")).Single(action => action["kind"]!.ToString() == "quickfix" && action["edit"] is not null && !Title(action).StartsWith("Suppress", StringComparison.Ordinal));

        fix["kind"]!.ToString().ShouldBe("quickfix");
        fix["isPreferred"]!.GetValue<bool>().ShouldBeTrue();
        fix["edit"]!["documentChanges"]![0]!["textDocument"]!["version"]!.GetValue<int>().ShouldBe(1);
        var text = Applied(editor, "source.yaml", fix);
        text.ShouldBe(Source.Replace("v1beta2", "v1", StringComparison.Ordinal));
        await editor.ChangeAsync("source.yaml", text);
        (await editor.DiagnosticsAsync("source.yaml")).ShouldNotContain(line => line.Contains("KL8002", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_safe_fixes_of_a_file_are_one_edit(bool isResolved)
    {
        using var repository = new TemporaryRepository();
        repository.Write("source.yaml", Source);
        var capabilities = isResolved ? JsonNode.Parse("""{"textDocument":{"codeAction":{"resolveSupport":{"properties":["edit"]}}}}""") : null;
        await using var editor = await Editor.StartAsync(repository.Root, capabilities);
        await editor.OpenAsync("source.yaml");

        var action = (await ActionsAsync(editor, "source.yaml", "kind", isResolved ? null : "source.fixAll")).Single(action => action["kind"]!.ToString() == "source.fixAll.kubelint");
        if (isResolved)
        {
            action["edit"].ShouldBeNull();
            action = (await editor.RequestAsync("codeAction/resolve", action.DeepClone()))!;
        }

        Applied(editor, "source.yaml", action).ShouldBe(
            Source.Replace("v1beta2", "v1", StringComparison.Ordinal).Replace("# kubelint: ignore[image-latest-tag] once it was needed\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_comment_silences_a_line_and_then_another_rule_on_it()
    {
        using var repository = new TemporaryRepository();
        repository.Write("pod.yaml", Pod);
        await using var editor = await Editor.StartAsync(repository.Root);
        await editor.OpenAsync("pod.yaml");

        var suppress = (await ActionsAsync(editor, "pod.yaml", "latest")).Single(action => Title(action) == "Suppress image-latest-tag on this line");
        await editor.ChangeAsync("pod.yaml", Applied(editor, "pod.yaml", suppress));

        editor.TextOf("pod.yaml").ShouldContain("      image: nginx:latest  # kubelint: ignore[image-latest-tag]\n");
        (await editor.DiagnosticsAsync("pod.yaml")).ShouldNotContain(line => line.Contains("KL1001", StringComparison.Ordinal));
        foreach (var next in (await ActionsAsync(editor, "pod.yaml", "latest")).Where(action => Title(action).EndsWith("on this line", StringComparison.Ordinal)).Take(1))
        {
            Applied(editor, "pod.yaml", next).ShouldContain("# kubelint: ignore[image-latest-tag, ");
        }
    }

    [Fact]
    public async Task A_comment_silences_a_file()
    {
        using var repository = new TemporaryRepository();
        repository.Write("pod.yaml", Pod.ReplaceLineEndings("\r\n"));
        await using var editor = await Editor.StartAsync(repository.Root);
        await editor.OpenAsync("pod.yaml");

        var suppress = (await ActionsAsync(editor, "pod.yaml", "latest")).Single(action => Title(action) == "Suppress image-latest-tag in this file");
        await editor.ChangeAsync("pod.yaml", Applied(editor, "pod.yaml", suppress));

        editor.TextOf("pod.yaml").ShouldStartWith("# kubelint: ignore-file[image-latest-tag]\r\napiVersion");
        (await editor.DiagnosticsAsync("pod.yaml")).ShouldNotContain(line => line.Contains("KL1001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Within_a_block_of_text_no_comment_is_offered()
    {
        using var repository = new TemporaryRepository();
        repository.Write("clusters/home/apps.yaml", Patching);
        repository.Write("apps/pod.yaml", Pod.Replace(":latest", ":1.29.0", StringComparison.Ordinal));
        await using var editor = await Editor.StartAsync(repository.Root);
        await editor.OpenAsync("clusters/home/apps.yaml");

        var titles = (await ActionsAsync(editor, "clusters/home/apps.yaml", "latest")).Select(Title).ToArray();

        titles.ShouldContain("Suppress image-latest-tag in this file");
        titles.ShouldNotContain("Suppress image-latest-tag on this line");
    }

    [Fact]
    public async Task Within_brackets_a_comment_is_one()
    {
        using var repository = new TemporaryRepository();
        repository.Write("pod.yaml", """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec:
              containers: [
                {name: web, image: "nginx:latest"},
              ]

            """);
        await using var editor = await Editor.StartAsync(repository.Root);
        await editor.OpenAsync("pod.yaml");

        var suppress = (await ActionsAsync(editor, "pod.yaml", "latest")).Single(action => Title(action) == "Suppress image-latest-tag on this line");
        await editor.ChangeAsync("pod.yaml", Applied(editor, "pod.yaml", suppress));

        (await editor.DiagnosticsAsync("pod.yaml")).ShouldNotContain(line => line.Contains("KL1001", StringComparison.Ordinal) || line.Contains("KL0002", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_text_is_broken_only_what_still_fits_is_offered()
    {
        using var repository = new TemporaryRepository();
        repository.Write("pod.yaml", Pod);
        await using var editor = await Editor.StartAsync(repository.Root);
        await editor.OpenAsync("pod.yaml");
        await editor.DiagnosticsAsync("pod.yaml");

        await editor.ReplaceAsync("pod.yaml", "  name: web", "  name: [\n  label: web");
        var suppress = (await ActionsAsync(editor, "pod.yaml", "latest")).Single(action => Title(action) == "Suppress image-latest-tag on this line");
        Applied(editor, "pod.yaml", suppress).ShouldBe(editor.TextOf("pod.yaml").Replace("nginx:latest", "nginx:latest  # kubelint: ignore[image-latest-tag]", StringComparison.Ordinal));

        await editor.ReplaceAsync("pod.yaml", "nginx:latest", "nginx: latest [");
        (await ActionsAsync(editor, "pod.yaml", "latest [")).Select(Title).ShouldNotContain("Suppress image-latest-tag on this line");
    }

    [Fact]
    public async Task A_rule_is_explained()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path, JsonNode.Parse("""{"window":{"showDocument":{"support":true}}}"""));
        const string Backup = "kubernetes/apps/storage/backup/app/helmrelease.yaml";
        await editor.OpenAsync(Backup);

        var explain = (await ActionsAsync(editor, Backup, "latest")).Single(action => Title(action) == "Explain KL1001 image-latest-tag");
        var page = await editor.RequestAsync("workspace/executeCommand", new JsonObject
        {
            ["command"] = explain["command"]!["command"]!.DeepClone(),
            ["arguments"] = explain["command"]!["arguments"]!.DeepClone(),
        });

        page!.ToString().ShouldStartWith("# KL1001 image-latest-tag");
        (await editor.MessageAsync("window/showDocument"))!["uri"]!.ToString().ShouldEndWith("/docs/rules/KL1001.md");
    }

    [Theory]
    [InlineData("[1,2]", "KL8002 [2]", "KL0003 [1]")]
    [InlineData("[1]", "KL8002 ", "KL0003 [1]")]
    [InlineData(null, "KL8002 ", "KL0003 ")]
    public async Task What_is_deprecated_or_does_nothing_is_tagged_where_the_editor_shows_it(string? supported, params string[] expected)
    {
        using var repository = new TemporaryRepository();
        repository.Write("source.yaml", Source);
        var capabilities = supported is null ? null : JsonNode.Parse("""{"textDocument":{"publishDiagnostics":{"tagSupport":{"valueSet":SET}}}}""".Replace("SET", supported, StringComparison.Ordinal));
        await using var editor = await Editor.StartAsync(repository.Root, capabilities);
        await editor.OpenAsync("source.yaml");

        var findings = (await editor.RequestAsync("textDocument/diagnostic", editor.Document("source.yaml")))!["items"]!.AsArray();

        findings.Select(finding => $"{finding!["code"]} {finding["tags"]?.ToJsonString()}").Where(line => line.StartsWith("KL8002", StringComparison.Ordinal) || line.StartsWith("KL0003", StringComparison.Ordinal))
            .ShouldBe(expected, ignoreOrder: true);
    }

    private static string Title(JsonNode action) => action["title"]!.ToString();

    private static async Task<JsonNode[]> ActionsAsync(Editor editor, string path, string marker, string? only = null)
    {
        var asked = editor.At(path, marker, 1);
        var position = asked["position"]!.DeepClone();
        asked.Remove("position");
        asked["range"] = new JsonObject { ["start"] = position, ["end"] = position.DeepClone() };
        asked["context"] = new JsonObject { ["diagnostics"] = new JsonArray() };
        if (only is not null)
        {
            asked["context"]!["only"] = new JsonArray(only);
        }

        return [.. (await editor.RequestAsync("textDocument/codeAction", asked))!.AsArray().Select(action => action!)];
    }

    // The open document's text after an action's edits, which must be of its version.
    private static string Applied(Editor editor, string path, JsonNode action)
    {
        var text = editor.TextOf(path);
        var change = action["edit"]!["documentChanges"]!.AsArray().Single()!;
        change["textDocument"]!["uri"]!.ToString().ShouldBe(editor.UriOf(path));
        foreach (var edit in change["edits"]!.AsArray().OrderByDescending(edit => Offset(text, edit!["range"]!["start"]!)))
        {
            text = string.Concat(text.AsSpan(0, Offset(text, edit!["range"]!["start"]!)), edit["newText"]!.ToString(), text.AsSpan(Offset(text, edit["range"]!["end"]!)));
        }

        return text;
    }

    private static int Offset(string text, JsonNode position)
    {
        var start = 0;
        for (var line = position["line"]!.GetValue<int>(); line > 0; line--)
        {
            start = text.IndexOf('\n', start) + 1;
        }

        return start + position["character"]!.GetValue<int>();
    }
}
