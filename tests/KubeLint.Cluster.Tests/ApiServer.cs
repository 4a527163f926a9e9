using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace KubeLint.Cluster.Tests;

/// <summary>
/// An API server over objects in memory, with TLS from an authority of its own and a kubeconfig written for it. It answers as the API is
/// documented: lists in pages without their items' kinds, field selectors only where the kind has them, metadata-only forms, Status
/// objects for errors, watches from a resource version, merge patches with resource version checks.
/// </summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private const string Token = "kubelint-test-token";
    private const int LargestPage = 3;
    private readonly WebApplication application;
    private readonly List<JsonObject> objects;
    private readonly Lock gate = new();
    private readonly DirectoryInfo directory;
    private TaskCompletionSource<JsonObject> changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long version = 1000;

    private ApiServer(WebApplication application, List<JsonObject> objects, DirectoryInfo directory)
    {
        this.application = application;
        this.objects = objects;
        this.directory = directory;
    }

    /// <summary>Every request: method, path and query.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Plurals that may not be read.</summary>
    public HashSet<string> Forbidden { get; } = [];

    public Dictionary<string, string> Logs { get; } = [];

    public string Kubeconfig => Path.Combine(directory.FullName, "config");

    public static async Task<ApiServer> StartAsync(List<JsonObject> objects)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var (from, to) = (new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var authority = authorityRequest.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, from, to, [1, 2, 3, 4]);
        using var withKey = signed.CopyWithPrivateKey(key);
        var certificate = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(certificate);
        }));
        var application = builder.Build();
        var server = new ApiServer(application, objects, Directory.CreateTempSubdirectory("kubelint-api-"));
        foreach (var item in objects)
        {
            server.Stamp(item);
        }

        application.Run(server.AnswerAsync);
        await application.StartAsync();
        await File.WriteAllTextAsync(server.Kubeconfig, $"""
            apiVersion: v1
            kind: Config
            current-context: test
            clusters:
              - name: test
                cluster:
                  server: {application.Urls.Single()}
                  certificate-authority-data: {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(authority.ExportCertificatePem()))}
            users:
              - name: test
                user:
                  token: {Token}
              - name: stranger
                user:
                  token: wrong
            contexts:
              - name: test
                context:
                  cluster: test
                  user: test
                  namespace: shop
              - name: stranger
                context:
                  cluster: test
                  user: stranger
            """);
        return server;
    }

    public JsonObject Find(string kind, string name)
    {
        lock (gate)
        {
            return objects.Single(item => item["kind"]!.GetValue<string>() == kind && item["metadata"]!["name"]!.GetValue<string>() == name);
        }
    }

    /// <summary>Changes an object, as a controller would.</summary>
    public void Change(string kind, string name, JsonObject patch)
    {
        TaskCompletionSource<JsonObject> waiting;
        JsonObject item;
        lock (gate)
        {
            item = Find(kind, name);
            FixtureObjects.Merge(item, patch);
            Stamp(item);
            waiting = changed;
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.TrySetResult(item);
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        directory.Delete(recursive: true);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            await StatusAsync(context, 401, "Unauthorized", "Unauthorized");
            return;
        }

        var parts = context.Request.Path.Value!.Trim('/').Split('/');
        if (parts is ["api"])
        {
            await JsonAsync(context, 200, new JsonObject { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1") });
            return;
        }

        if (parts is ["apis"])
        {
            await JsonAsync(context, 200, new JsonObject { ["kind"] = "APIGroupList", ["apiVersion"] = "v1", ["groups"] = new JsonArray([.. Groups().Select(Group)]) });
            return;
        }

        if (parts is ["api", "v1"] or ["apis", _, _])
        {
            await ResourcesAsync(context, parts is ["api", ..] ? "v1" : $"{parts[1]}/{parts[2]}");
            return;
        }

        if (parts is ["apis", var only])
        {
            var served = Versions(only);
            if (served.Count == 0)
            {
                // As the real server: plain text where no group is.
                context.Response.StatusCode = 404;
                context.Response.ContentType = "text/plain";
                await context.Response.WriteAsync("404 page not found\n");
                return;
            }

            var answer = Group(only);
            answer["kind"] = "APIGroup";
            answer["apiVersion"] = "v1";
            await JsonAsync(context, 200, answer);
            return;
        }

        var (apiVersion, rest) = parts[0] == "api" ? (parts[1], parts[2..]) : ($"{parts[1]}/{parts[2]}", parts[3..]);
        var (space, tail) = rest is ["namespaces", var ns, _, ..] ? (ns, rest[2..]) : (null, rest);
        if (Forbidden.Contains(tail[0]))
        {
            await StatusAsync(context, 403, "Forbidden", $"{tail[0]} is forbidden: User \"test\" cannot {(tail.Length > 1 ? "get" : "list")} resource \"{tail[0]}\" in API group \"\" {(space is null ? "at the cluster scope" : $"in the namespace \"{space}\"")}");
            return;
        }

        switch (context.Request.Method, tail)
        {
            case ("GET", [_, var pod, "log"]):
                context.Response.ContentType = "text/plain";
                await context.Response.WriteAsync(Logs.GetValueOrDefault(pod, ""));
                break;
            case ("GET", [var plural]) when context.Request.Query["watch"] == "true":
                await WatchAsync(context, apiVersion, plural, space);
                break;
            case ("GET", [var plural]):
                await ListAsync(context, apiVersion, plural, space);
                break;
            case ("GET", [var plural, var name]):
                await (One(apiVersion, plural, space, name) is { } found ? JsonAsync(context, 200, found) : NotFoundAsync(context, plural, name));
                break;
            case ("PATCH", [var plural, var name]):
                await PatchAsync(context, apiVersion, plural, space, name);
                break;
            case ("POST", [var plural]):
                await CreateAsync(context, apiVersion, plural, space);
                break;
            default:
                await StatusAsync(context, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
                break;
        }
    }

    private List<string> Groups()
    {
        lock (gate)
        {
            return [.. objects.Select(item => item["apiVersion"]!.GetValue<string>().Split('/')).Where(parts => parts.Length == 2).Select(parts => parts[0]).Distinct()];
        }
    }

    private JsonObject Group(string name)
    {
        var list = new JsonArray([.. Versions(name).Select(v => new JsonObject { ["groupVersion"] = $"{name}/{v}", ["version"] = v })]);
        return new JsonObject { ["name"] = name, ["versions"] = list, ["preferredVersion"] = list[0]!.DeepClone() };
    }

    private async Task ResourcesAsync(HttpContext context, string groupVersion)
    {
        List<string> kinds;
        lock (gate)
        {
            kinds = [.. objects.Where(item => item["apiVersion"]!.GetValue<string>() == groupVersion).Select(item => item["kind"]!.GetValue<string>()).Distinct()];
        }

        if (kinds.Count == 0)
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("404 page not found\n");
            return;
        }

        var resources = new JsonArray([.. kinds.Select(kind => new JsonObject { ["name"] = Plural(kind), ["kind"] = kind, ["namespaced"] = true, ["verbs"] = new JsonArray("get", "list") })]);
        await JsonAsync(context, 200, new JsonObject { ["kind"] = "APIResourceList", ["apiVersion"] = "v1", ["groupVersion"] = groupVersion, ["resources"] = resources });
    }

    private List<string> Versions(string group)
    {
        var versions = new List<string>();
        lock (gate)
        {
            foreach (var item in objects)
            {
                var (own, name) = item["apiVersion"]!.GetValue<string>().Split('/') is [var g, var v] ? (g, v) : ("", "");
                if (own == group && !versions.Contains(name))
                {
                    versions.Add(name);
                }
            }
        }

        return versions;
    }

    private async Task ListAsync(HttpContext context, string apiVersion, string plural, string? space)
    {
        List<JsonObject> found;
        lock (gate)
        {
            found = [.. objects.Where(item => Is(item, apiVersion, plural) && (space is null || Text(item, "metadata", "namespace") == space))];
        }

        foreach (var selector in context.Request.Query["fieldSelector"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = selector.Split('=', 2) is [var k, var v] ? (k, v) : (selector, "");
            if (key is not ("metadata.name" or "metadata.namespace") && !(plural == "secrets" && key == "type"))
            {
                await StatusAsync(context, 400, "BadRequest", $"field label not supported: {key}");
                return;
            }

            found.RemoveAll(item => Text(item, key.Split('.')) != value);
        }

        var start = int.TryParse(context.Request.Query["continue"], out var from) ? from : 0;
        var limit = int.TryParse(context.Request.Query["limit"], out var asked) ? Math.Min(asked, LargestPage) : int.MaxValue;
        var metadata = context.Request.Headers.Accept.ToString().Contains("PartialObjectMetadataList", StringComparison.Ordinal);
        var items = new JsonArray();
        foreach (var item in found.Skip(start).Take(limit))
        {
            var copy = item.DeepClone().AsObject();
            copy.Remove("kind");
            copy.Remove("apiVersion");
            items.Add((JsonNode)(metadata ? new JsonObject { ["metadata"] = copy["metadata"]!.DeepClone() } : copy));
        }

        var meta = new JsonObject { ["resourceVersion"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        if (start + items.Count < found.Count)
        {
            meta["continue"] = (start + items.Count).ToString(System.Globalization.CultureInfo.InvariantCulture);
            meta["remainingItemCount"] = found.Count - start - items.Count;
        }

        await JsonAsync(context, 200, new JsonObject { ["kind"] = "List", ["apiVersion"] = apiVersion, ["metadata"] = meta, ["items"] = items });
    }

    private async Task WatchAsync(HttpContext context, string apiVersion, string plural, string? space)
    {
        var waiting = changed.Task;
        context.Response.ContentType = "application/json";
        await context.Response.Body.FlushAsync();
        var time = TimeSpan.FromSeconds(int.TryParse(context.Request.Query["timeoutSeconds"], out var seconds) ? seconds : 30);
        if (await Task.WhenAny(waiting, Task.Delay(time, context.RequestAborted)) == waiting)
        {
            var item = await waiting;
            if (Is(item, apiVersion, plural) && (space is null || Text(item, "metadata", "namespace") == space))
            {
                await context.Response.WriteAsync(new JsonObject { ["type"] = "MODIFIED", ["object"] = item.DeepClone() }.ToJsonString() + "\n");
            }
        }
    }

    private async Task PatchAsync(HttpContext context, string apiVersion, string plural, string? space, string name)
    {
        if (context.Request.ContentType?.StartsWith("application/merge-patch+json", StringComparison.Ordinal) != true)
        {
            await StatusAsync(context, 415, "UnsupportedMediaType", "the body of the request was in an unknown format");
            return;
        }

        if (One(apiVersion, plural, space, name) is not { } found)
        {
            await NotFoundAsync(context, plural, name);
            return;
        }

        var patch = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        if (Text(patch, "metadata", "resourceVersion") is { } asked && asked != Text(found, "metadata", "resourceVersion"))
        {
            await StatusAsync(context, 409, "Conflict", "the object has been modified; please apply your changes to the latest version and try again");
            return;
        }

        lock (gate)
        {
            FixtureObjects.Merge(found, patch);
            Stamp(found);
        }

        await JsonAsync(context, 200, found);
    }

    private async Task CreateAsync(HttpContext context, string apiVersion, string plural, string? space)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        var name = Text(body, "metadata", "name")!;
        if (One(apiVersion, plural, space, name) is not null)
        {
            await StatusAsync(context, 409, "AlreadyExists", $"{plural} \"{name}\" already exists");
            return;
        }

        lock (gate)
        {
            Stamp(body);
            objects.Add(body);
        }

        await JsonAsync(context, 201, body);
    }

    private JsonObject? One(string apiVersion, string plural, string? space, string name)
    {
        lock (gate)
        {
            return objects.Find(item => Is(item, apiVersion, plural) && Text(item, "metadata", "namespace") == space && Text(item, "metadata", "name") == name);
        }
    }

    private void Stamp(JsonObject item) =>
        item["metadata"]!["resourceVersion"] = Interlocked.Increment(ref version).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static bool Is(JsonObject item, string apiVersion, string plural) => item["apiVersion"]!.GetValue<string>() == apiVersion && Plural(item["kind"]!.GetValue<string>()) == plural;

    private static string Plural(string kind)
    {
        var lower = kind.ToLowerInvariant();
        return lower.EndsWith('y') ? lower[..^1] + "ies" : lower.EndsWith('s') ? lower + "es" : lower + "s";
    }

    private static string? Text(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var part in path)
        {
            node = (node as JsonObject)?[part];
        }

        return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }

    private static Task NotFoundAsync(HttpContext context, string plural, string name) => StatusAsync(context, 404, "NotFound", $"{plural} \"{name}\" not found");

    private static Task StatusAsync(HttpContext context, int code, string reason, string message) => JsonAsync(context, code, new JsonObject
    {
        ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Failure", ["message"] = message, ["reason"] = reason, ["code"] = code,
    });

    private static Task JsonAsync(HttpContext context, int code, JsonObject body)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString());
    }
}
