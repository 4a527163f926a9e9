using System.Text.Json.Nodes;

using StreamJsonRpc;

namespace KubeLint.LanguageServer.Tests;

/// <summary>Another name for an object, wherever it is named.</summary>
public sealed class RenameTests(FluxSession session) : IClassFixture<FluxSession>
{
    [Theory]
    [InlineData("infra/charts.yaml", "name: charts", "infra/charts.yaml:3:8", "apps/web/helmrelease.yaml:11:14")]
    [InlineData(FluxRepository.Apps, "name: infra", "clusters/home/apps.yaml:3:8", "clusters/home/apps.yaml:24:12")]
    [InlineData(FluxRepository.Web, "name: web\n", "apps/web/helmrelease.yaml:3:8", "apps/web/kustomization.yaml:19:12")]
    [InlineData(FluxRepository.Apps, "name: settings", "clusters/home/settings.yaml:3:8", "clusters/home/apps.yaml:33:14")]
    public async Task All_that_names_an_object_changes(string path, string marker, params string[] expected)
    {
        var editor = session.Editor;
        await editor.OpenAsync(path);

        var prepared = await editor.RequestAsync("textDocument/prepareRename", editor.At(path, marker, 7));
        var parameters = editor.At(path, marker, 7);
        parameters["newName"] = "renamed";
        var edit = (await editor.RequestAsync("textDocument/rename", parameters))!;

        marker.ShouldContain(prepared!["placeholder"]!.ToString());
        Edits(editor, edit).ShouldBe(expected, ignoreOrder: true);
    }

    [Theory]
    [InlineData(FluxRepository.Web, "name: web-values", "made by a configMapGenerator")]
    [InlineData(FluxRepository.Job, "name: migrate", "no object of Flux")]
    public async Task A_name_that_is_not_written_is_refused_with_the_reason(string path, string marker, string expected)
    {
        var editor = session.Editor;
        await editor.OpenAsync(path);

        var refused = await Should.ThrowAsync<RemoteInvocationException>(() => editor.RequestAsync("textDocument/prepareRename", editor.At(path, marker, 7)));

        refused.Message.ShouldContain(expected);
    }

    [Fact]
    public async Task A_name_that_a_template_makes_is_refused()
    {
        using var repository = new TemporaryRepository(
            ("flux/cluster.yaml", """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata:
                  name: cluster
                  namespace: flux-system
                spec:
                  interval: 10m
                  path: ./apps
                  prune: true
                  sourceRef:
                    kind: GitRepository
                    name: flux-system
                  postBuild:
                    substitute:
                      APP: web

                """),
            ("apps/kustomization.yaml", "resources:\n  - release.yaml\n  - source.yaml\n"),
            ("apps/source.yaml", """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: OCIRepository
                metadata:
                  name: web
                  namespace: web
                spec:
                  interval: 1h
                  url: oci://ghcr.io/example/web

                """),
            ("apps/release.yaml", """
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata:
                  name: ${APP}
                  namespace: web
                spec:
                  interval: 1h
                  chartRef:
                    kind: OCIRepository
                    name: ${APP}

                """));
        await using var editor = await Editor.StartAsync(repository.Root);
        await editor.OpenAsync("apps/source.yaml");

        var refused = await Should.ThrowAsync<RemoteInvocationException>(() => editor.RequestAsync("textDocument/prepareRename", editor.At("apps/source.yaml", "name: web", 7)));

        refused.Message.ShouldBe("It is named in apps/release.yaml:10:11, where a template or a prefix makes the name");
    }

    [Theory]
    [InlineData("Not_A_Name", "is no name for an object")]
    [InlineData("web", "There is a Kustomization/flux-system/web already")]
    public async Task A_name_that_cannot_be_is_refused(string name, string expected)
    {
        var editor = session.Editor;
        await editor.OpenAsync(FluxRepository.Apps);
        var parameters = editor.At(FluxRepository.Apps, "name: infra", 7);
        parameters["newName"] = name;

        var refused = await Should.ThrowAsync<RemoteInvocationException>(() => editor.RequestAsync("textDocument/rename", parameters));

        refused.Message.ShouldContain(expected);
    }

    [Fact]
    public async Task Where_there_is_no_name_there_is_nothing_to_rename()
    {
        var editor = session.Editor;
        await editor.OpenAsync(FluxRepository.Apps);

        (await editor.RequestAsync("textDocument/prepareRename", editor.At(FluxRepository.Apps, "prune", 2))).ShouldBeNull();
    }

    private static string[] Edits(Editor editor, JsonNode edit) =>
    [
        .. edit["documentChanges"]!.AsArray().SelectMany(document => document!["edits"]!.AsArray().Select(change =>
        {
            change!["newText"]!.ToString().ShouldBe("renamed");
            var path = Path.GetRelativePath(editor.Root, new Uri(document["textDocument"]!["uri"]!.ToString()).LocalPath);
            return $"{path}:{change["range"]!["start"]!["line"]}:{change["range"]!["start"]!["character"]}";
        })),
    ];
}
