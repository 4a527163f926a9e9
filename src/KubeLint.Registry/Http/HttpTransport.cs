using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using KubeLint.Registry.Credentials;

namespace KubeLint.Registry.Http;

/// <summary>
/// Sends requests to registries: authentication, redirects, repetition and the limit of requests under way. A credential goes
/// only to the registry that it is for and to the token server that this registry names, both over verified TLS unless the registry is
/// listed as insecure; a redirect to another host carries none.
/// </summary>
internal sealed class HttpTransport : IDisposable
{
    private const int MostRedirects = 5;
    private static readonly TimeSpan firstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan tokenLife = TimeSpan.FromSeconds(60);

    private readonly RegistryClientOptions options;
    private readonly HttpClient verified = Create(insecure: false);
    private readonly HttpClient unverified = Create(insecure: true);
    private readonly SemaphoreSlim places;
    private readonly ConcurrentDictionary<string, string> schemes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<(string Registry, RegistryCredential? Credential, string Scope), Grant> grants = new();

    public HttpTransport(RegistryClientOptions options)
    {
        this.options = options;
        places = new SemaphoreSlim(options.Concurrency);
    }

    /// <summary>Sends a request for a path of the image's registry, with authentication and repetitions.</summary>
    public async Task<HttpReply> SendAsync(
        HttpMethod method,
        RegistryImage image,
        string path,
        string accept,
        RegistryCredential? credential,
        CancellationToken cancellationToken)
    {
        var wait = firstWait;
        for (var attempt = 0; ; attempt++)
        {
            var reply = await AuthenticateAndSendAsync(method, image, path, accept, credential, cancellationToken).ConfigureAwait(false);
            if (attempt >= options.Retries || !IsWorthRepeating(reply, out var asked) || asked > options.LongestWait)
            {
                return reply;
            }

            reply.Response?.Dispose();
            var pause = asked ?? wait;
            wait *= 2;
            await Task.Delay(pause, options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        verified.Dispose();
        unverified.Dispose();
        places.Dispose();
    }

    /// <summary>How long a response asks to wait, if it does.</summary>
    internal static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private bool IsWorthRepeating(HttpReply reply, out TimeSpan? asked)
    {
        asked = null;
        if (reply.Response is not { } response)
        {
            return reply.Failure is RegistryAnswer.Unreachable { Reason: UnreachableReason.Broken };
        }

        asked = RetryAfter(response, options.Time);
        return response.StatusCode switch
        {
            // A used-up limit without a time to wait for does not come back within seconds.
            HttpStatusCode.TooManyRequests => asked is not null || RateLimit.From(response) is null,
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => true,
            _ => false,
        };
    }

    private async Task<HttpReply> AuthenticateAndSendAsync(
        HttpMethod method,
        RegistryImage image,
        string path,
        string accept,
        RegistryCredential? credential,
        CancellationToken cancellationToken)
    {
        var scope = $"repository:{image.Repository}:pull";
        var key = (image.Registry, credential, scope);
        var known = grants.TryGetValue(key, out var grant) && grant.Until > options.Time.GetUtcNow() ? grant : null;
        var reply = await SendOnceAsync(method, image, path, accept, known?.Header, cancellationToken).ConfigureAwait(false);
        if (reply.Response is not { StatusCode: HttpStatusCode.Unauthorized } refused)
        {
            return reply with { SentCredentials = known is not null && credential is not null };
        }

        var challenges = refused.Headers.TryGetValues("WWW-Authenticate", out var headers)
            ? headers.SelectMany(AuthenticationChallenge.Parse).ToList()
            : [];
        var bearer = challenges.Find(challenge => challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase));
        var basic = challenges.Find(challenge => challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase));
        AuthenticationHeaderValue? header = null;
        var until = DateTimeOffset.MaxValue;
        if (bearer is not null)
        {
            var token = await GetTokenAsync(image, bearer, scope, credential, cancellationToken).ConfigureAwait(false);
            if (token.Value is null)
            {
                refused.Dispose();
                return token.Reply;
            }

            header = new AuthenticationHeaderValue("Bearer", token.Value);
            until = token.Until;
        }
        else if (basic is not null && credential is { IdentityToken: null })
        {
            header = Basic(credential);
        }

        if (header is null)
        {
            return reply;
        }

        refused.Dispose();
        grants[key] = new Grant(header, until);
        reply = await SendOnceAsync(method, image, path, accept, header, cancellationToken).ConfigureAwait(false);
        return reply with { SentCredentials = credential is not null };
    }

    private async Task<(string? Value, DateTimeOffset Until, HttpReply Reply)> GetTokenAsync(
        RegistryImage image,
        AuthenticationChallenge challenge,
        string scope,
        RegistryCredential? credential,
        CancellationToken cancellationToken)
    {
        var insecure = options.Insecure.Contains(image.Registry);
        if (!challenge.Parameters.TryGetValue("realm", out var realm) || !Uri.TryCreate(realm, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && !(insecure && address.Scheme == Uri.UriSchemeHttp)))
        {
            return (null, default, new HttpReply(null, new RegistryAnswer.Unexpected(401, $"{image.Registry} names no token server with an https address."), false));
        }

        var service = challenge.Parameters.GetValueOrDefault("service");
        using var request = new HttpRequestMessage();
        if (credential?.IdentityToken is { } refresh)
        {
            // The OAuth2 form, which alone takes a refresh token. Source: distribution, "Docker Registry v2 authentication using OAuth2".
            request.Method = HttpMethod.Post;
            request.RequestUri = address;
            request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["service"] = service ?? "",
                ["client_id"] = "kubelint",
                ["scope"] = scope,
                ["refresh_token"] = refresh.Reveal(),
            });
        }
        else
        {
            var query = new StringBuilder(address.Query.Length > 1 ? address.Query[1..] + "&" : "");
            if (service is not null)
            {
                query.Append("service=").Append(Uri.EscapeDataString(service)).Append('&');
            }

            query.Append("scope=").Append(Uri.EscapeDataString(scope));
            request.RequestUri = new UriBuilder(address) { Query = query.ToString() }.Uri;
            request.Headers.Authorization = credential is null ? null : Basic(credential);
        }

        var reply = await SendRequestAsync(insecure ? unverified : verified, request, $"the token server {address.Authority}", cancellationToken).ConfigureAwait(false);
        reply = reply with { SentCredentials = credential is not null };
        if (reply.Response is not { } response)
        {
            return (null, default, reply);
        }

        if (!response.IsSuccessStatusCode)
        {
            // 400, 401 and 403 are all ways of refusing credentials or a scope; 429 and 5xx keep their meaning.
            if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
            {
                var status = (int)response.StatusCode;
                response.Dispose();
                return (null, default, reply with
                {
                    Response = null,
                    Failure = credential is not null && status == 400
                        ? new RegistryAnswer.Denied(401, true, $"the token server {address.Authority} answers {status}")
                        : new RegistryAnswer.Unexpected(status, $"the token server {address.Authority} answers {status}"),
                });
            }

            return (null, default, reply);
        }

        using (response)
        {
            try
            {
                using var document = await JsonDocument.ParseAsync(
                    await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), default, cancellationToken).ConfigureAwait(false);
                var root = document.RootElement;
                var token = Text(root, "token") ?? Text(root, "access_token");
                if (token is not null)
                {
                    var life = root.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var number) && number > 0
                        ? TimeSpan.FromSeconds(number)
                        : tokenLife;

                    // A little early, so that it does not run out on its way.
                    return (token, options.Time.GetUtcNow() + (life * 0.9), default);
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or IOException)
            {
                // Falls through: not the answer of a token server.
            }

            return (null, default, new HttpReply(null, new RegistryAnswer.Unexpected(200, $"the token server {address.Authority} gives no token"), credential is not null));
        }
    }

    private async Task<HttpReply> SendOnceAsync(
        HttpMethod method,
        RegistryImage image,
        string path,
        string accept,
        AuthenticationHeaderValue? authorization,
        CancellationToken cancellationToken)
    {
        // Docker Hub's API does not live at its name.
        var host = DockerConfig.IsDockerHub(image.Registry) ? "registry-1.docker.io" : image.Registry;
        var insecure = options.Insecure.Contains(image.Registry);
        var scheme = schemes.GetValueOrDefault(host, "https");
        var reply = await FollowAsync(method, $"{scheme}://{host}{path}", accept, authorization, insecure, cancellationToken).ConfigureAwait(false);
        if (insecure && scheme == "https"
            && reply.Failure is RegistryAnswer.Unreachable { Reason: UnreachableReason.Tls or UnreachableReason.Refused or UnreachableReason.Broken })
        {
            var plain = await FollowAsync(method, $"http://{host}{path}", accept, authorization, insecure, cancellationToken).ConfigureAwait(false);
            if (plain.Response is not null)
            {
                schemes[host] = "http";
            }

            return plain;
        }

        return reply;
    }

    private async Task<HttpReply> FollowAsync(
        HttpMethod method,
        string address,
        string accept,
        AuthenticationHeaderValue? authorization,
        bool insecure,
        CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var next))
        {
            return new HttpReply(null, new RegistryAnswer.Unexpected(null, $"{address} is no address."), false);
        }

        var origin = next;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            using var request = new HttpRequestMessage(method, next);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            if (SameOrigin(origin, next))
            {
                request.Headers.Authorization = authorization;
            }

            var reply = await SendRequestAsync(insecure ? unverified : verified, request, next.Authority, cancellationToken).ConfigureAwait(false);
            if (reply.Response is not { } response || (int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                return reply;
            }

            var target = new Uri(next, location);
            response.Dispose();
            if (target.Scheme != Uri.UriSchemeHttps && !(insecure && target.Scheme == Uri.UriSchemeHttp))
            {
                return new HttpReply(null, new RegistryAnswer.Unexpected((int)response.StatusCode, $"{next.Authority} redirects to {target.Scheme}://{target.Authority}, which is not https."), false);
            }

            next = target;
        }

        return new HttpReply(null, new RegistryAnswer.Unexpected(null, $"{origin.Authority} redirects more than {MostRedirects} times."), false);
    }

    private async Task<HttpReply> SendRequestAsync(HttpClient client, HttpRequestMessage request, string who, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            return new HttpReply(response, null, false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HttpReply(null, new RegistryAnswer.Unreachable(UnreachableReason.Timeout, $"no answer from {who} within {options.Timeout.TotalSeconds:0.#} s"), false);
        }
        catch (HttpRequestException exception)
        {
            return new HttpReply(null, new RegistryAnswer.Unreachable(Classify(exception), Innermost(exception)), false);
        }
        finally
        {
            places.Release();
        }
    }

    private static UnreachableReason Classify(HttpRequestException exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery }:
                    return UnreachableReason.Dns;
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return UnreachableReason.Refused;
                case SocketException { SocketErrorCode: SocketError.TimedOut }:
                    return UnreachableReason.Timeout;
                case SocketException { SocketErrorCode: SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown }:
                    return UnreachableReason.NoRoute;
                case AuthenticationException authentication:
                    // The chain's state is in the message only.
                    return authentication.Message.Contains("UntrustedRoot", StringComparison.Ordinal)
                        || authentication.Message.Contains("PartialChain", StringComparison.Ordinal)
                        ? UnreachableReason.UnknownAuthority
                        : UnreachableReason.Tls;
            }
        }

        return exception.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => UnreachableReason.Dns,
            HttpRequestError.SecureConnectionError => UnreachableReason.Tls,
            _ => UnreachableReason.Broken,
        };
    }

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception.Message.ReplaceLineEndings(" ");
    }

    private static bool SameOrigin(Uri left, Uri right) => left.Scheme == right.Scheme && left.Authority == right.Authority;

    private static AuthenticationHeaderValue Basic(RegistryCredential credential) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Username}:{credential.Password.Reveal()}")));

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text ? text : null;

    private static HttpClient Create(bool insecure)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (insecure)
        {
#pragma warning disable CA5359 // Only for registries that the user lists as insecure.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("kubelint");
        return client;
    }

    private sealed record Grant(AuthenticationHeaderValue Header, DateTimeOffset Until);
}
