using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Authentication;
using k8s.Exceptions;

namespace KubeLint.Cluster.Api;

/// <summary>
/// A cluster behind the official client: its kubeconfig loading, TLS, tokens and exec plugins. Objects stay JSON, so that Flux's kinds
/// and those of other versions read like any other, and Native AOT needs no types.
/// </summary>
public sealed class ClusterClient : IClusterReader, IClusterWriter, IDisposable
{
    private const int PageSize = 500;
    private const int LogLines = 200;

    private readonly Kubernetes kubernetes;
    private readonly TimeSpan timeout;
    private readonly ConcurrentDictionary<string, Task<(IReadOnlyList<string> Versions, ReadResult? Failure)>> versions = new();

    private ClusterClient(Kubernetes kubernetes, string name, string defaultNamespace, TimeSpan timeout)
    {
        this.kubernetes = kubernetes;
        this.timeout = timeout;
        Name = name;
        DefaultNamespace = defaultNamespace;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <summary>The context's namespace, <c>default</c> where it names none.</summary>
    public string DefaultNamespace { get; }

    /// <summary>Connects as kubectl would: <c>--kubeconfig</c>, <c>$KUBECONFIG</c>, <c>~/.kube/config</c>, or inside a pod its service account.</summary>
    /// <param name="kubeconfig">Path of the kubeconfig, or null for the usual places.</param>
    /// <param name="context">Name of the context, or null for the current one.</param>
    /// <param name="timeout">How long one request may take.</param>
    /// <exception cref="ClusterException">There is no usable kubeconfig or context.</exception>
    public static ClusterClient Connect(string? kubeconfig, string? context, TimeSpan timeout)
    {
        try
        {
            // $KUBECONFIG may list several files, which are merged; an explicit file is taken alone.
            var configuration = kubeconfig is not null || context is not null
                ? KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig ?? DefaultFile(), context, null, useRelativePaths: true)
                : KubernetesClientConfiguration.BuildDefaultConfig();
            configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
            configuration.UserAgent = "kubelint";
            return new ClusterClient(
                new Kubernetes(configuration),
                configuration.CurrentContext is { Length: > 0 } current ? $"context {current}" : configuration.Host,
                configuration.Namespace is { Length: > 0 } own ? own : "default",
                timeout);
        }
        catch (Exception exception) when (exception is KubeConfigException or KubernetesClientException or IOException or UnauthorizedAccessException
            or FormatException or ArgumentException or System.Security.Cryptography.CryptographicException or InvalidOperationException
            or YamlDotNet.Core.YamlException)
        {
            throw new ClusterException($"The kubeconfig cannot be used: {FirstLine(exception.Message)}", exception);
        }
    }

    /// <inheritdoc />
    public async Task<ReadResult> GetAsync(ResourceType type, string? inNamespace, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        var (known, failure) = await VersionsAsync(type, cancellationToken).ConfigureAwait(false);
        var result = failure ?? new ReadResult(ReadState.NotFound, []);
        foreach (var version in known)
        {
            result = await ReadAsync(type, HttpMethod.Get, $"{Path(type, version, inNamespace)}/{Uri.EscapeDataString(name)}", null, null, cancellationToken).ConfigureAwait(false);
            if (result.State != ReadState.NotFound)
            {
                break;
            }
        }

        return result;
    }

    /// <inheritdoc />
    public async Task<ReadResult> ListAsync(ResourceType type, string? inNamespace, string? fieldSelector, bool metadataOnly, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        var (known, failure) = await VersionsAsync(type, cancellationToken).ConfigureAwait(false);
        var result = failure ?? new ReadResult(ReadState.NotFound, []);
        foreach (var version in known)
        {
            result = await ListPagesAsync(type, Path(type, version, inNamespace), fieldSelector, metadataOnly, cancellationToken).ConfigureAwait(false);
            if (result.State != ReadState.NotFound)
            {
                break;
            }
        }

        return result;
    }

    /// <inheritdoc />
    public async Task<ServedGroups> GroupsAsync(CancellationToken cancellationToken)
    {
        var type = new ResourceType("", "", "APIGroupList", "", Namespaced: false);
        var groups = await ReadAsync(type, HttpMethod.Get, "apis", null, null, cancellationToken).ConfigureAwait(false);
        if (groups.Single is not { } list)
        {
            return new ServedGroups(groups.State, new Dictionary<string, IReadOnlyList<string>>(), groups.Message);
        }

        var core = await ReadAsync(type, HttpMethod.Get, "api", null, null, cancellationToken).ConfigureAwait(false);
        var served = new Dictionary<string, IReadOnlyList<string>>
        {
            [""] = core.Single is { } found ? [.. found.Root.Items("versions").Select(version => version.GetString()).OfType<string>()] : ["v1"],
        };
        foreach (var group in list.Root.Items("groups"))
        {
            served[group.Text("name") ?? ""] = GroupVersions(group);
        }

        return new ServedGroups(ReadState.Ok, served);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyCollection<string>?> KindsAsync(string group, string version, CancellationToken cancellationToken)
    {
        var type = new ResourceType(group, "", "APIResourceList", "", Namespaced: false);
        var path = group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}";
        var result = await ReadAsync(type, HttpMethod.Get, path, null, null, cancellationToken).ConfigureAwait(false);
        return result.Single is { } list ? [.. list.Root.Items("resources").Select(resource => resource.Text("kind")).OfType<string>().Distinct()]
            : result.State == ReadState.NotFound ? [] : null;
    }

    /// <inheritdoc />
    public async Task<string?> LogsAsync(string inNamespace, string pod, string container, bool previous, CancellationToken cancellationToken)
    {
        var path = $"api/v1/namespaces/{Uri.EscapeDataString(inNamespace)}/pods/{Uri.EscapeDataString(pod)}/log"
            + $"?container={Uri.EscapeDataString(container)}&tailLines={LogLines}{(previous ? "&previous=true" : "")}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            using var response = await SendAsync(HttpMethod.Get, path, null, null, limit.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false) : null;
        }
        catch (Exception exception) when (IsTrouble(exception, cancellationToken))
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<bool> WaitForChangeAsync(ResourceType type, string inNamespace, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        var seconds = Math.Max(1, (int)limit.TotalSeconds);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit + TimeSpan.FromSeconds(5));
        try
        {
            var path = Path(type, type.Version ?? "v1", inNamespace);
            using var list = await SendAsync(HttpMethod.Get, $"{path}?limit=1", null, "application/json", time.Token).ConfigureAwait(false);
            if (!list.IsSuccessStatusCode)
            {
                return false;
            }

            using var document = await JsonDocument.ParseAsync(await list.Content.ReadAsStreamAsync(time.Token).ConfigureAwait(false), default, time.Token).ConfigureAwait(false);
            var since = document.RootElement.Text("metadata", "resourceVersion");
            using var response = await SendAsync(
                HttpMethod.Get,
                $"{path}?watch=true&timeoutSeconds={seconds}{(since is null ? "" : $"&resourceVersion={Uri.EscapeDataString(since)}")}",
                null,
                "application/json",
                time.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                return false;
            }

            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(time.Token).ConfigureAwait(false));
            return await reader.ReadLineAsync(time.Token).ConfigureAwait(false) is { Length: > 0 };
        }
        catch (Exception exception) when (IsTrouble(exception, cancellationToken))
        {
            return false;
        }
    }

    /// <inheritdoc />
    public async Task<ReadResult> PatchAsync(ResourceType type, string? inNamespace, string name, JsonObject patch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(patch);
        var (known, failure) = await VersionsAsync(type, cancellationToken).ConfigureAwait(false);
        var result = failure ?? new ReadResult(ReadState.NotFound, []);
        foreach (var version in known)
        {
            result = await ReadAsync(
                type,
                HttpMethod.Patch,
                $"{Path(type, version, inNamespace)}/{Uri.EscapeDataString(name)}?fieldManager=kubelint",
                new StringContent(patch.ToJsonString(), Encoding.UTF8, "application/merge-patch+json"),
                null,
                cancellationToken).ConfigureAwait(false);
            if (result.State != ReadState.NotFound)
            {
                break;
            }
        }

        return result;
    }

    /// <inheritdoc />
    public Task<ReadResult> CreateAsync(ResourceType type, string inNamespace, JsonObject body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(body);
        return ReadAsync(
            type,
            HttpMethod.Post,
            $"{Path(type, type.Version ?? "v1", inNamespace)}?fieldManager=kubelint",
            new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            null,
            cancellationToken);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => kubernetes.Dispose();

    private async Task<ReadResult> ListPagesAsync(ResourceType type, string path, string? fieldSelector, bool metadataOnly, CancellationToken cancellationToken)
    {
        // The metadata form is part of the API since 1.15; a server that does not know it falls back to the whole list.
        var accept = metadataOnly ? "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1" : "application/json";
        var items = new List<ClusterObject>();
        string? next = null;
        do
        {
            var query = $"?limit={PageSize}"
                + (fieldSelector is null ? "" : $"&fieldSelector={Uri.EscapeDataString(fieldSelector)}")
                + (next is null ? "" : $"&continue={Uri.EscapeDataString(next)}");
            var page = await ReadAsync(type, HttpMethod.Get, path + query, null, accept, cancellationToken).ConfigureAwait(false);
            if (page.State != ReadState.Ok || page.Single is not { } list)
            {
                return page;
            }

            foreach (var item in list.Root.Items("items"))
            {
                items.Add(new ClusterObject(item, type));
            }

            next = list.Root.Text("metadata", "continue") is { Length: > 0 } more ? more : null;
        }
        while (next is not null);
        return new ReadResult(ReadState.Ok, items);
    }

    private async Task<ReadResult> ReadAsync(ResourceType type, HttpMethod method, string path, HttpContent? content, string? accept, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            using var response = await SendAsync(method, path, content, accept ?? "application/json", limit.Token).ConfigureAwait(false);
            using var stream = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            JsonElement root = default;
            try
            {
                using var document = await JsonDocument.ParseAsync(stream, default, limit.Token).ConfigureAwait(false);
                root = document.RootElement.Clone();
            }
            catch (JsonException) when (!response.IsSuccessStatusCode)
            {
                // A path that is not served, or a proxy: plain text. The status says what it is.
            }

            var message = root.Text("message") ?? $"{(int)response.StatusCode} {response.ReasonPhrase}";
            return response.StatusCode switch
            {
                _ when response.IsSuccessStatusCode => new ReadResult(ReadState.Ok, [new ClusterObject(root, type)]),
                HttpStatusCode.NotFound => new ReadResult(ReadState.NotFound, [], message),
                HttpStatusCode.Forbidden => new ReadResult(ReadState.Forbidden, [], message),
                HttpStatusCode.Unauthorized => throw new ClusterException($"{Name} does not accept the kubeconfig's credentials: {message}"),
                _ => new ReadResult(ReadState.Failed, [], message),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClusterException($"{Name} ({kubernetes.BaseUri}) does not answer within {timeout.TotalSeconds:0.#} s.");
        }
        catch (HttpRequestException exception)
        {
            throw new ClusterException($"{Name} ({kubernetes.BaseUri}) cannot be reached: {Innermost(exception)}", exception);
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return new ReadResult(ReadState.Failed, [], "The server's answer is not JSON, or broke off.");
        }
        catch (Exception exception) when (exception is KubeConfigException or KubernetesClientException or AuthenticationException)
        {
            throw new ClusterException($"{Name}: {FirstLine(exception.Message)}", exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, string? accept, CancellationToken cancellationToken)
    {
        // A server's address may have a path (Rancher's proxy); relative addresses need the slash at its end.
        var root = kubernetes.BaseUri.ToString();
        using var request = new HttpRequestMessage(method, new Uri(new Uri(root.EndsWith('/') ? root : root + "/"), path)) { Content = content };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (kubernetes.Credentials is ServiceClientCredentials credentials)
        {
            await credentials.ProcessHttpRequestAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return await kubernetes.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The versions to try, the preferred one first; none where the server does not know the group, a failure where it does not tell.</summary>
    private Task<(IReadOnlyList<string> Versions, ReadResult? Failure)> VersionsAsync(ResourceType type, CancellationToken cancellationToken) =>
        type.Version is { } fixedVersion
            ? Task.FromResult<(IReadOnlyList<string>, ReadResult?)>(([fixedVersion], null))
            : versions.GetOrAdd(type.Group, group => ReadVersionsAsync(group, cancellationToken));

    private async Task<(IReadOnlyList<string> Versions, ReadResult? Failure)> ReadVersionsAsync(string group, CancellationToken cancellationToken)
    {
        var type = new ResourceType(group, "", "APIGroup", "", Namespaced: false);
        var result = await ReadAsync(type, HttpMethod.Get, $"apis/{group}", null, null, cancellationToken).ConfigureAwait(false);
        return result.Single is { } found ? (GroupVersions(found.Root), null) : ([], result.IsUnknown ? result : null);
    }

    private static List<string> GroupVersions(JsonElement group)
    {
        var list = new List<string>();
        if (group.Text("preferredVersion", "version") is { } preferred)
        {
            list.Add(preferred);
        }

        foreach (var version in group.Items("versions"))
        {
            if (version.Text("version") is { } name && !list.Contains(name))
            {
                list.Add(name);
            }
        }

        return list;
    }

    private static string Path(ResourceType type, string version, string? inNamespace) =>
        (type.Group.Length == 0 ? $"api/{version}" : $"apis/{type.Group}/{version}")
        + (type.Namespaced && inNamespace is not null ? $"/namespaces/{Uri.EscapeDataString(inNamespace)}" : "")
        + $"/{type.Plural}";

    private static bool IsTrouble(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException or JsonException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static string DefaultFile() =>
        Environment.GetEnvironmentVariable("KUBECONFIG")?.Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()
        ?? KubernetesClientConfiguration.KubeConfigDefaultLocation;

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return FirstLine(exception.Message);
    }
}
