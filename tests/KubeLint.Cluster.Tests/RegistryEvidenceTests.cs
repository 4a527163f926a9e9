using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KubeLint.Cluster.Tests;

/// <summary>What a registry that can be asked adds to the evidence.</summary>
public class RegistryEvidenceTests
{
    [Fact]
    public async Task A_missing_tag_is_replaced_by_the_highest_version_of_its_major_that_exists()
    {
        await using var registry = await StartRegistryAsync("2.3.0", "2.10.1", "3.0.0", "latest");
        var host = new Uri(registry.Urls.Single()).Authority;
        await using var server = await ApiServer.StartAsync(Failing($"{host}/acme/cart:2.9.9"));
        using var repository = new TemporaryRepository($"""
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata:
              name: cart
            spec:
              values:
                image:
                  repository: {host}/acme/cart
                  tag: 2.9.9
            """);

        var (_, output, _) = await DiagnoseTests.RunAsync(server, options => options with
        {
            Offline = false, InsecureRegistries = [host], Repository = repository.Path,
        });

        output.ShouldContain("Root cause: tag-not-found");
        output.ShouldContain("the repository has 4 tags; the highest version near it is 2.10.1");
        output.ShouldContain("cart/helmrelease.yaml:9: pin the tag to 2.10.1");
        output.ShouldContain($"\n-      tag: 2.9.9\n+      tag: 2.10.1@{DigestOf("2.10.1")}\n");
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_told_from_a_tag()
    {
        await using var registry = await StartRegistryAsync();
        var host = new Uri(registry.Urls.Single()).Authority;
        await using var server = await ApiServer.StartAsync(Failing($"{host}/acme/cart:2.9.9"));

        var (_, output, _) = await DiagnoseTests.RunAsync(server, options => options with { Offline = false, InsecureRegistries = [host] });

        output.ShouldContain("Root cause: repository-missing-or-private");
    }

    [Fact]
    public async Task A_registry_that_cannot_be_reached_from_here_accuses_nobody()
    {
        await using var server = await ApiServer.StartAsync(Failing("127.0.0.1:9/acme/cart:2.9.9"));

        var (_, output, _) = await DiagnoseTests.RunAsync(server, options => options with { Offline = false });

        output.ShouldContain("Root cause: tag-not-found");
        output.ShouldContain("not reachable from here (connection refused), which says nothing about the node");
    }

    private static List<JsonObject> Failing(string image)
    {
        var objects = FixtureObjects.Load("tag-not-found-containerd");
        var pod = objects.Single(item => item["metadata"]!["name"]!.GetValue<string>() == "cart-6b7f-x2x2x");
        var changed = JsonNode.Parse(pod.ToJsonString().Replace("ghcr.io/acme/cart:2.4.0", image, StringComparison.Ordinal))!.AsObject();
        objects[objects.IndexOf(pod)] = changed;
        return objects;
    }

    private static string Manifest(string tag) => $$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[],"annotations":{"tag":"{{tag}}"} }""";

    private static string DigestOf(string tag) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Manifest(tag))));

    private static async Task<WebApplication> StartRegistryAsync(params string[] tags)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        application.Run(async context =>
        {
            var path = context.Request.Path.Value!;
            context.Response.ContentType = "application/json";
            if (path.EndsWith("/tags/list", StringComparison.Ordinal) && tags.Length > 0)
            {
                await context.Response.WriteAsync($$"""{"name":"acme/cart","tags":[{{string.Join(',', tags.Select(tag => $"\"{tag}\""))}}]}""");
            }
            else if (Array.Find(tags, tag => path.EndsWith("/manifests/" + tag, StringComparison.Ordinal)) is { } found)
            {
                context.Response.ContentType = "application/vnd.oci.image.index.v1+json";
                context.Response.Headers["Docker-Content-Digest"] = DigestOf(found);
                if (HttpMethods.IsGet(context.Request.Method))
                {
                    await context.Response.WriteAsync(Manifest(found));
                }
            }
            else
            {
                context.Response.StatusCode = 404;
                if (HttpMethods.IsGet(context.Request.Method))
                {
                    await context.Response.WriteAsync(tags.Length == 0
                        ? """{"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known to registry"}]}"""
                        : """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""");
                }
            }
        });
        await application.StartAsync();
        return application;
    }

    private sealed class TemporaryRepository : IDisposable
    {
        public TemporaryRepository(string release)
        {
            Path = Directory.CreateTempSubdirectory("kubelint-repo-").FullName;
            Directory.CreateDirectory(System.IO.Path.Combine(Path, "cart"));
            File.WriteAllText(System.IO.Path.Combine(Path, "cart", "helmrelease.yaml"), release + "\n");
        }

        public string Path { get; }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
