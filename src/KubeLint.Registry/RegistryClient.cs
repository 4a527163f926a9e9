using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using KubeLint.Registry.Credentials;
using KubeLint.Registry.Http;

namespace KubeLint.Registry;

/// <summary>
/// Asks registries about images, as the OCI distribution specification says (v1.1), with the token authentication of the
/// distribution project. One answer is kept for each image, credential and depth for as long as the client lives.
/// Bad answers and broken networks are answers too: only cancellation throws.
/// </summary>
public sealed class RegistryClient : IDisposable
{
    private const string Index = "application/vnd.oci.image.index.v1+json";
    private const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    private const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    private const int LargestBody = 8 * 1024 * 1024;
    private const int TagPageSize = 1000;

    private readonly RegistryClientOptions options;
    private readonly HttpTransport transport;
    private readonly ConcurrentDictionary<(RegistryImage Image, RegistryCredential? Credential, bool Platforms), Lazy<Task<RegistryAnswer>>> answers = new();

    /// <summary>A client with its own connections.</summary>
    public RegistryClient(RegistryClientOptions options)
    {
        this.options = options;
        transport = new HttpTransport(options);
    }

    /// <summary>Whether the image exists, and what it is.</summary>
    /// <param name="image">The image.</param>
    /// <param name="credentials">Whose credentials to use, or null to ask anonymously.</param>
    /// <param name="platforms">Whether to find out the platforms too, which takes the manifest's body (on Docker Hub that counts as a pull).</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<RegistryAnswer> CheckAsync(
        RegistryImage image,
        ICredentialSource? credentials,
        bool platforms,
        CancellationToken cancellationToken)
    {
        var credential = credentials is null ? null : await credentials.FindAsync(image, cancellationToken).ConfigureAwait(false);
        var asked = answers.GetOrAdd(
            (image with { Tag = image.Digest is null ? image.Reference : null }, credential, platforms),
            key => new Lazy<Task<RegistryAnswer>>(() => AskAsync(key.Image, key.Credential, key.Platforms, cancellationToken)));
        return await asked.Value.ConfigureAwait(false);
    }

    /// <summary>The tags of a repository, as far as a number of pages reaches; or the answer that stood in the way.</summary>
    /// <param name="image">An image of the repository.</param>
    /// <param name="credentials">Whose credentials to use, or null to ask anonymously.</param>
    /// <param name="pages">How many pages (of up to 1,000 tags) to read at most.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<(ImmutableArray<string> Tags, RegistryAnswer? Failure)> ListTagsAsync(
        RegistryImage image,
        ICredentialSource? credentials,
        int pages,
        CancellationToken cancellationToken)
    {
        var credential = credentials is null ? null : await credentials.FindAsync(image, cancellationToken).ConfigureAwait(false);
        var tags = ImmutableArray.CreateBuilder<string>();
        string? path = $"/v2/{image.Repository}/tags/list?n={TagPageSize}";
        for (var page = 0; path is not null && page < pages; page++)
        {
            var reply = await transport.SendAsync(HttpMethod.Get, image, path, "application/json", credential, cancellationToken).ConfigureAwait(false);
            using (reply.Response)
            {
                if (reply.Response is not { IsSuccessStatusCode: true } response)
                {
                    return (tags.ToImmutable(), await FailureAsync(reply, cancellationToken).ConfigureAwait(false));
                }

                var body = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
                if (body is null || !TryReadTags(body, tags))
                {
                    return (tags.ToImmutable(), new RegistryAnswer.Unexpected((int)response.StatusCode, "The list of tags is not the JSON that the specification says."));
                }

                path = NextPage(response);
            }
        }

        return (tags.ToImmutable(), null);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => transport.Dispose();

    private async Task<RegistryAnswer> AskAsync(RegistryImage image, RegistryCredential? credential, bool platforms, CancellationToken cancellationToken)
    {
        var path = $"/v2/{image.Repository}/manifests/{image.Reference}";
        const string accept = $"{Index}, {DockerList}, {Manifest}, {DockerManifest}";
        var head = await transport.SendAsync(HttpMethod.Head, image, path, accept, credential, cancellationToken).ConfigureAwait(false);
        RateLimit? limit;
        using (head.Response)
        {
            if (head.Response is null)
            {
                return head.Failure!;
            }

            limit = RateLimit.From(head.Response);
            if (head.Response.IsSuccessStatusCode && !platforms
                && head.Response.Headers.TryGetValues("Docker-Content-Digest", out var digests) && digests.FirstOrDefault() is { Length: > 0 } digest)
            {
                return new RegistryAnswer.Exists(digest, head.Response.Content.Headers.ContentType?.MediaType ?? "", [], limit);
            }

            // A refused HEAD has no body that says why; some registries do not know HEAD at all. The GET decides.
            if (head.Response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return await FailureAsync(head, cancellationToken).ConfigureAwait(false);
            }
        }

        var reply = await transport.SendAsync(HttpMethod.Get, image, path, accept, credential, cancellationToken).ConfigureAwait(false);
        using (reply.Response)
        {
            if (reply.Response is not { IsSuccessStatusCode: true } response)
            {
                return await FailureAsync(reply, cancellationToken).ConfigureAwait(false);
            }

            var body = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
            if (body is null)
            {
                return new RegistryAnswer.Unexpected((int)response.StatusCode, $"The manifest is larger than {LargestBody} bytes, or broke off.");
            }

            return await ReadManifestAsync(image, credential, platforms, response, body, RateLimit.From(response) ?? limit, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<RegistryAnswer> ReadManifestAsync(
        RegistryImage image,
        RegistryCredential? credential,
        bool platforms,
        HttpResponseMessage response,
        byte[] body,
        RateLimit? limit,
        CancellationToken cancellationToken)
    {
        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(body));
        if (image.Digest is { } asked && asked.StartsWith("sha256:", StringComparison.Ordinal) && asked != digest)
        {
            return new RegistryAnswer.Unexpected((int)response.StatusCode, $"The registry answered with {digest} when it was asked for {asked}.");
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var mediaType = response.Content.Headers.ContentType?.MediaType is { } type && type is Index or DockerList or Manifest or DockerManifest
                ? type
                : root.ValueKind == JsonValueKind.Object && root.TryGetProperty("mediaType", out var own) && own.ValueKind == JsonValueKind.String ? own.GetString()! : "";
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schemaVersion", out _))
            {
                return new RegistryAnswer.Unexpected((int)response.StatusCode, $"The answer ({response.Content.Headers.ContentType}) is not a manifest.");
            }

            var found = platforms ? ReadPlatforms(root) : [];
            if (platforms && found.IsEmpty && root.TryGetProperty("config", out var config) && config.TryGetProperty("digest", out var configDigest)
                && configDigest.GetString() is { } blob)
            {
                found = await ReadConfigPlatformAsync(image, credential, blob, cancellationToken).ConfigureAwait(false);
            }

            return new RegistryAnswer.Exists(digest, mediaType, found, limit);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new RegistryAnswer.Unexpected((int)response.StatusCode, $"The answer ({response.Content.Headers.ContentType}) is not a manifest.");
        }
    }

    private static ImmutableArray<Platform> ReadPlatforms(JsonElement root)
    {
        if (!root.TryGetProperty("manifests", out var manifests) || manifests.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<Platform>();
        foreach (var manifest in manifests.EnumerateArray())
        {
            // Attestations hang in the index with the platform unknown/unknown: nothing can run them.
            if (manifest.TryGetProperty("platform", out var platform) && ReadPlatform(platform) is { } read && read.Os != "unknown" && !found.Contains(read))
            {
                found.Add(read);
            }
        }

        return found.ToImmutable();
    }

    private static Platform? ReadPlatform(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("os", out var os) && os.ValueKind == JsonValueKind.String
        && element.TryGetProperty("architecture", out var architecture) && architecture.ValueKind == JsonValueKind.String
            ? new Platform(
                os.GetString()!,
                architecture.GetString()!,
                element.TryGetProperty("variant", out var variant) && variant.ValueKind == JsonValueKind.String && variant.GetString() is { Length: > 0 } text ? text : null)
            : null;

    private async Task<ImmutableArray<Platform>> ReadConfigPlatformAsync(RegistryImage image, RegistryCredential? credential, string digest, CancellationToken cancellationToken)
    {
        var reply = await transport.SendAsync(HttpMethod.Get, image, $"/v2/{image.Repository}/blobs/{digest}", "*/*", credential, cancellationToken).ConfigureAwait(false);
        using (reply.Response)
        {
            if (reply.Response is not { IsSuccessStatusCode: true } response
                || await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false) is not { } body)
            {
                return [];
            }

            using var document = JsonDocument.Parse(body);
            return ReadPlatform(document.RootElement) is { } platform ? [platform] : [];
        }
    }

    private static bool TryReadTags(byte[] body, ImmutableArray<string>.Builder tags)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("tags", out var list))
            {
                return false;
            }

            if (list.ValueKind == JsonValueKind.Array)
            {
                foreach (var tag in list.EnumerateArray())
                {
                    if (tag.ValueKind == JsonValueKind.String)
                    {
                        tags.Add(tag.GetString()!);
                    }
                }
            }

            // "tags": null is how a registry says that there are none.
            return list.ValueKind is JsonValueKind.Array or JsonValueKind.Null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The path of the next page in a <c>Link: &lt;…&gt;; rel="next"</c> header; another host's address is not followed.</summary>
    private static string? NextPage(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Link", out var links))
        {
            return null;
        }

        foreach (var link in links)
        {
            var start = link.IndexOf('<', StringComparison.Ordinal);
            var end = link.IndexOf('>', StringComparison.Ordinal);
            if (start >= 0 && end > start && link.AsSpan(end).Contains("next", StringComparison.OrdinalIgnoreCase)
                && Uri.TryCreate(response.RequestMessage!.RequestUri!, link[(start + 1)..end], out var address)
                && address.Authority == response.RequestMessage.RequestUri!.Authority)
            {
                return address.PathAndQuery;
            }
        }

        return null;
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            using var buffer = new MemoryStream();
            var block = new byte[16 * 1024];
            int read;
            while ((read = await stream.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (buffer.Length + read > LargestBody)
                {
                    return null;
                }

                buffer.Write(block, 0, read);
            }

            return buffer.ToArray();
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return null;
        }
    }

    private async Task<RegistryAnswer> FailureAsync(HttpReply reply, CancellationToken cancellationToken)
    {
        if (reply.Response is not { } response)
        {
            return reply.Failure!;
        }

        var body = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false) ?? [];
        var error = RegistryError.Read(body);
        var status = (int)response.StatusCode;
        var message = error?.Message ?? $"{status} {response.ReasonPhrase}".TrimEnd();
        if (status == 429 || error?.Code == "TOOMANYREQUESTS")
        {
            return new RegistryAnswer.RateLimited(HttpTransport.RetryAfter(response, options.Time), RateLimit.From(response), message);
        }

        if (status is 401 or 403)
        {
            return new RegistryAnswer.Denied(status, reply.SentCredentials, message);
        }

        if (status == 404 || error?.Code is "MANIFEST_UNKNOWN" or "NAME_UNKNOWN")
        {
            // A web server's page at the address is not a registry's word.
            return error is null && response.Content.Headers.ContentType?.MediaType is "text/html"
                ? new RegistryAnswer.Unexpected(status, "The host answers 404 with a web page: it may not be a registry.")
                : new RegistryAnswer.NotFound(error?.Code ?? "404", error?.Code is "NAME_UNKNOWN" or "NAME_INVALID", message);
        }

        return new RegistryAnswer.Unexpected(status, message);
    }
}
