using System.Text.Json.Nodes;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Cluster.Tests;

/// <summary>The case that the project came from: a release of a real repository whose mutable tag is pulled always.</summary>
public class StorageS3Tests
{
    private const string Digest = "sha256:6a2b0f5b1c7c3c0d0e3b1d4f5a6978877665544332211000ffeeddccbbaa9988";

    [SkippableFact]
    public async Task The_diagnosis_ends_at_the_line_of_the_tag_with_the_diff_that_pins_and_relaxes()
    {
        var (server, repository) = await StartAsync(nodeImages: [$"ghcr.io/rclone/rclone@{Digest}", "ghcr.io/rclone/rclone:latest"]);
        await using (server)
        {
            var (code, output, errors) = await DiagnoseTests.RunAsync(server, options => options with { Namespace = "database", Name = "storage-s3", Repository = repository });

            errors.ShouldBeEmpty();
            code.ShouldBe(DiagnoseRun.CauseFound);
            output.ShouldContain("Root cause: rate-limited");
            output.ShouldContain("kubernetes/apps/database/storage/s3/helmrelease.yaml:51: ");
            output.ShouldContain($"""
                @@ -48,8 +48,8 @@
                           *app :
                             image:
                               repository: ghcr.io/rclone/rclone
                -              tag: latest
                -              pullPolicy: Always
                +              tag: latest@{Digest}
                +              pullPolicy: IfNotPresent
                             securityContext:
                               readOnlyRootFilesystem: false
                             command:
                """.ReplaceLineEndings("\n"));
        }
    }

    [SkippableFact]
    public async Task No_version_is_written_that_nobody_confirmed()
    {
        var (server, repository) = await StartAsync(nodeImages: []);
        await using (server)
        {
            var (_, output, _) = await DiagnoseTests.RunAsync(server, options => options with { Namespace = "database", Name = "storage-s3", Repository = repository });

            output.ShouldContain("kubernetes/apps/database/storage/s3/helmrelease.yaml:51: ");
            output.ShouldContain("nobody confirmed one here");
            output.ShouldContain("\n+              pullPolicy: IfNotPresent\n");
            output.ShouldNotContain("\n-              tag:");
        }
    }

    [SkippableFact]
    public async Task A_version_that_a_node_has_under_the_same_digest_is_written()
    {
        var (server, repository) = await StartAsync(nodeImages: [$"ghcr.io/rclone/rclone@{Digest}", "ghcr.io/rclone/rclone:1.71.2", "ghcr.io/rclone/rclone:latest"]);
        await using (server)
        {
            var (_, output, _) = await DiagnoseTests.RunAsync(server, options => options with { Namespace = "database", Name = "storage-s3", Repository = repository });

            output.ShouldContain($"\n+              tag: 1.71.2@{Digest}\n");
        }
    }

    private static async Task<(ApiServer Server, string Repository)> StartAsync(string[] nodeImages)
    {
        var repository = TestPaths.Shared("corpora", "stargate");
        var path = Path.Combine(repository, "kubernetes", "apps", "database", "storage", "s3", "helmrelease.yaml");
        var release = (JsonObject)YamlJson.Convert(YamlParser.Parse(new SourceText(path, await File.ReadAllTextAsync(path))).Documents.Select(document => document.Root).OfType<YamlMapping>().First())!;
        release["metadata"]!["namespace"] = "database";
        release["metadata"]!["uid"] = "hr-s3";
        var file = Path.Combine(TestPaths.Root, "tests", "KubeLint.Cluster.Tests", "Cases", "storage-s3.yaml");
        var objects = YamlParser.Parse(new SourceText(file, await File.ReadAllTextAsync(file))).Documents.Select(document => (JsonObject)YamlJson.Convert(document.Root!)!).Append(release).ToList();
        objects.Single(item => item["kind"]!.GetValue<string>() == "Node")["status"]!["images"] =
            nodeImages.Length == 0 ? [] : new JsonArray(new JsonObject { ["names"] = new JsonArray([.. nodeImages.Select(name => (JsonNode)name)]) });
        return (await ApiServer.StartAsync(objects), repository);
    }
}
