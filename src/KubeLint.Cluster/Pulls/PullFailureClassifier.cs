using System.Collections.Immutable;

namespace KubeLint.Cluster.Pulls;

/// <summary>
/// Tells what a message of kubelet, containerd or CRI-O is about. A table of phrases, the more specific first: a message wraps
/// the trouble in what the runtime was doing ("failed to pull and unpack", "failed to resolve reference", "failed to authorize"), so that the
/// innermost words decide and the wrapping ones only where nothing else is said.
/// </summary>
public static class PullFailureClassifier
{
    private const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;

    /// <summary>All phrases of a row must be there.</summary>
    private static readonly ImmutableArray<(PullFailureKind Kind, ImmutableArray<string> Phrases)> table =
    [
        // The runtime is not there at all: its socket is a file, so that "connection refused" is no network's.
        (PullFailureKind.RuntimeDown, ["dial unix"]),
        (PullFailureKind.RuntimeDown, ["cannot connect to the docker daemon"]),
        (PullFailureKind.RuntimeDown, ["is the docker daemon running"]),

        // The kubelet's own decisions.
        (PullFailureKind.NeedsCredentials, ["image pull credentials"]),
        (PullFailureKind.NeedsCredentials, ["present", "credentials", "never"]),
        (PullFailureKind.NeedsCredentials, ["present on", "does not have access"]),
        (PullFailureKind.NeedsCredentials, ["already present", "not authorized"]),
        (PullFailureKind.NeedsCredentials, ["already present", "cannot be accessed by the pod"]),
        (PullFailureKind.NeedsCredentials, ["pull policy", "needs to be re-verified"]),
        (PullFailureKind.NeverPull, ["pull policy of never"]),
        (PullFailureKind.NeverPull, ["errimageneverpull"]),
        (PullFailureKind.InvalidName, ["couldn't parse image"]),
        (PullFailureKind.InvalidName, ["failed to parse image"]),
        (PullFailureKind.InvalidName, ["invalid reference format"]),
        (PullFailureKind.InvalidName, ["failed to apply default image tag"]),
        (PullFailureKind.InvalidName, ["must be lowercase"]),
        (PullFailureKind.InvalidName, ["must be canonical"]),
        (PullFailureKind.InvalidName, ["invalid tag format"]),
        (PullFailureKind.InvalidName, ["invalid checksum digest"]),
        (PullFailureKind.InvalidName, ["unsupported digest algorithm"]),
        (PullFailureKind.InvalidName, ["invalid image name"]),
        (PullFailureKind.InvalidName, ["cannot specify 64-byte hexadecimal strings"]),
        (PullFailureKind.InvalidName, ["invalidimagename"]),
        (PullFailureKind.InvalidName, ["short-name", "did not resolve to an alias"]),
        (PullFailureKind.InvalidName, ["short name mode is enforcing"]),
        (PullFailureKind.KubeletThrottled, ["pull qps exceeded"]),
        (PullFailureKind.SignatureRefused, ["signaturevalidationfailed"]),
        (PullFailureKind.SignatureRefused, ["source image rejected"]),
        (PullFailureKind.SignatureRefused, ["signature was required"]),

        // A lock after too many wrong passwords is answered like a limit, and is none.
        (PullFailureKind.CredentialsRefused, ["too many failed login attempts"]),

        // Limits: their answers also say "denied" or "unauthorized" in places.
        (PullFailureKind.RateLimited, ["toomanyrequests"]),
        (PullFailureKind.RateLimited, ["too many requests"]),
        (PullFailureKind.RateLimited, ["pull rate limit"]),
        (PullFailureKind.RateLimited, ["rate limit", "exceeded"]),
        (PullFailureKind.RateLimited, ["rate limit", "reached"]),
        (PullFailureKind.RateLimited, ["rate exceeded"]),
        (PullFailureKind.RateLimited, ["rate limited"]),
        (PullFailureKind.RateLimited, ["rate-limit"]),
        (PullFailureKind.RateLimited, ["ratelimit"]),
        (PullFailureKind.RateLimited, ["pull limit"]),
        (PullFailureKind.RateLimited, ["data limit exceeded"]),
        (PullFailureKind.RateLimited, ["too_many_request"]),
        (PullFailureKind.RateLimited, ["toomanyrequest"]),
        (PullFailureKind.RateLimited, ["throttl"]),
        (PullFailureKind.RateLimited, ["retry-after:", "allowed:"]),
        (PullFailureKind.RateLimited, ["quota exceeded for quota metric"]),

        // The node itself.
        (PullFailureKind.NoSpace, ["no space left on device"]),
        (PullFailureKind.NoSpace, ["disk quota exceeded"]),
        (PullFailureKind.NoSpace, ["not enough space"]),
        (PullFailureKind.NoSpace, ["not enough disk space"]),
        (PullFailureKind.NoPlatform, ["no match for platform"]),
        (PullFailureKind.NoPlatform, ["no matching manifest for"]),
        (PullFailureKind.NoPlatform, ["no image found in", "for architecture"]),
        (PullFailureKind.NoPlatform, ["no supported platform"]),
        (PullFailureKind.NoPlatform, ["does not match the specified platform"]),
        (PullFailureKind.NoPlatform, ["image operating system", "cannot be used"]),
        (PullFailureKind.NoPlatform, ["does not provide the specified platform"]),
        (PullFailureKind.NoPlatform, ["no image found in", "os "]),
        (PullFailureKind.NoPlatform, ["no suitable", "platform"]),

        // On the way.
        (PullFailureKind.Proxy, ["proxyconnect"]),
        (PullFailureKind.Proxy, ["proxy authentication required"]),
        (PullFailureKind.Proxy, ["407 proxy"]),
        (PullFailureKind.HttpAtHttps, ["server gave http response to https client"]),
        (PullFailureKind.HttpAtHttps, ["first record does not look like a tls handshake"]),
        (PullFailureKind.UnknownAuthority, ["certificate signed by unknown authority"]),
        (PullFailureKind.UnknownAuthority, ["self-signed certificate"]),
        (PullFailureKind.UnknownAuthority, ["self signed certificate"]),
        (PullFailureKind.UnknownAuthority, ["unable to get local issuer certificate"]),
        (PullFailureKind.UnknownAuthority, ["certificate is not trusted"]),
        (PullFailureKind.UnknownAuthority, ["unknown certificate authority"]),
        (PullFailureKind.UnknownAuthority, ["unknown ca"]),
        (PullFailureKind.UnknownAuthority, ["unable to verify the first certificate"]),
        (PullFailureKind.Tls, ["http request to an https server"]),
        (PullFailureKind.Dns, ["no such host"]),
        (PullFailureKind.Dns, ["server misbehaving"]),
        (PullFailureKind.Dns, ["name resolution"]),
        (PullFailureKind.Dns, ["name or service not known"]),
        (PullFailureKind.Dns, ["could not resolve host"]),
        (PullFailureKind.Dns, ["no address associated with hostname"]),
        (PullFailureKind.Dns, ["dial tcp: lookup "]),
        (PullFailureKind.Dns, ["nxdomain"]),
        (PullFailureKind.Dns, ["name does not resolve"]),
        (PullFailureKind.Dns, ["unknown host"]),
        (PullFailureKind.Dns, ["servfail"]),
        (PullFailureKind.Dns, ["cannot resolve"]),
        (PullFailureKind.Dns, ["could not resolve"]),
        (PullFailureKind.Dns, ["failed to resolve host"]),
        (PullFailureKind.Refused, ["connection refused"]),
        (PullFailureKind.NoRoute, ["no route to host"]),
        (PullFailureKind.NoRoute, ["network is unreachable"]),
        (PullFailureKind.NoRoute, ["host is unreachable"]),
        (PullFailureKind.NoRoute, ["host is down"]),
        (PullFailureKind.NoRoute, ["operation not permitted", "dial tcp"]),
        (PullFailureKind.Timeout, ["i/o timeout"]),
        (PullFailureKind.Timeout, ["tls handshake timeout"]),
        (PullFailureKind.Timeout, ["context deadline exceeded"]),
        (PullFailureKind.Timeout, ["deadlineexceeded"]),
        (PullFailureKind.Timeout, ["client.timeout"]),
        (PullFailureKind.Timeout, ["timeout exceeded"]),
        (PullFailureKind.Timeout, ["timed out"]),
        (PullFailureKind.Timeout, ["timeout awaiting response"]),
        (PullFailureKind.Timeout, ["awaiting headers"]),
        (PullFailureKind.Timeout, ["context canceled"]),
        (PullFailureKind.Timeout, ["code = canceled"]),
        (PullFailureKind.Tls, ["x509:"]),
        (PullFailureKind.Tls, ["tls: "]),
        (PullFailureKind.Broken, ["connection reset by peer"]),
        (PullFailureKind.Broken, ["broken pipe"]),
        (PullFailureKind.Broken, ["unexpected eof"]),
        (PullFailureKind.Broken, ["connection lost"]),
        (PullFailureKind.Broken, ["stream error"]),
        (PullFailureKind.Broken, ["goaway"]),
        (PullFailureKind.Broken, ["use of closed network connection"]),
        (PullFailureKind.Broken, [": eof"]),

        // What the registry says.
        (PullFailureKind.WrongAnswer, ["invalid character '<'"]),
        (PullFailureKind.WrongAnswer, ["media type", "text/html"]),
        (PullFailureKind.WrongAnswer, ["mediatype", "text/html"]),
        (PullFailureKind.WrongAnswer, ["unsupported manifest media type"]),
        (PullFailureKind.WrongAnswer, ["unexpected end of json input"]),
        (PullFailureKind.WrongAnswer, ["unexpected commit digest"]),
        (PullFailureKind.WrongAnswer, ["failed size validation"]),
        (PullFailureKind.WrongAnswer, ["layer verification failed"]),
        (PullFailureKind.WrongAnswer, ["digest did not match"]),
        (PullFailureKind.WrongAnswer, ["digest mismatch"]),
        (PullFailureKind.AccessDenied, ["may have invalid credentials"]),
        (PullFailureKind.CredentialsRefused, ["incorrect username or password"]),
        (PullFailureKind.CredentialsRefused, ["invalid username/password"]),
        (PullFailureKind.CredentialsRefused, ["invalid username or password"]),
        (PullFailureKind.CredentialsRefused, ["username or password"]),
        (PullFailureKind.CredentialsRefused, ["bad credentials"]),
        (PullFailureKind.CredentialsRefused, ["invalid credentials"]),
        (PullFailureKind.CredentialsRefused, ["wrong credentials"]),
        (PullFailureKind.CredentialsRefused, ["credentials are invalid"]),
        (PullFailureKind.CredentialsRefused, ["token has expired"]),
        (PullFailureKind.CredentialsRefused, ["token is expired"]),
        (PullFailureKind.CredentialsRefused, ["expired token"]),
        (PullFailureKind.CredentialsRefused, ["access denied", "personal access token"]),
        (PullFailureKind.CredentialsRefused, ["could not find robot"]),
        (PullFailureKind.CredentialsRefused, ["invalid client secret"]),
        (PullFailureKind.CredentialsRefused, ["client secret", "expired"]),
        (PullFailureKind.CredentialsRefused, ["authentication failed"]),
        (PullFailureKind.CredentialsRefused, ["login attempt", "failed"]),
        (PullFailureKind.CredentialsRefused, ["http basic: access denied"]),
        (PullFailureKind.CredentialsRefused, ["personal access token", "expired"]),
        (PullFailureKind.CredentialsRefused, ["token", "revoked"]),
        (PullFailureKind.CredentialsRefused, ["password", "expired"]),
        (PullFailureKind.CredentialsRefused, ["failed to fetch oauth token", "401"]),
        (PullFailureKind.CredentialsRefused, ["failed to fetch oauth token", "403"]),
        (PullFailureKind.CredentialsRefused, ["failed to fetch oauth token", "denied"]),
        (PullFailureKind.ServerError, ["500 internal server error"]),
        (PullFailureKind.ServerError, ["502 bad gateway"]),
        (PullFailureKind.ServerError, ["503 service"]),
        (PullFailureKind.ServerError, ["504 gateway"]),
        (PullFailureKind.ServerError, ["internal server error"]),
        (PullFailureKind.ServerError, ["bad gateway"]),
        (PullFailureKind.ServerError, ["service unavailable"]),
        (PullFailureKind.ServerError, ["received unexpected http status: 5"]),
        (PullFailureKind.RepositoryNotFound, ["name unknown"]),
        (PullFailureKind.RepositoryNotFound, ["name_unknown"]),
        (PullFailureKind.RepositoryNotFound, ["repository name not known"]),
        (PullFailureKind.RepositoryNotFound, ["the repository with name", "does not exist"]),
        (PullFailureKind.AccessDenied, ["pull access denied"]),
        (PullFailureKind.AccessDenied, ["insufficient_scope"]),
        (PullFailureKind.AccessDenied, ["unauthorized"]),
        (PullFailureKind.AccessDenied, ["authentication required"]),
        (PullFailureKind.AccessDenied, ["requires authentication"]),
        (PullFailureKind.AccessDenied, ["no basic auth credentials"]),
        (PullFailureKind.AccessDenied, ["unauthenticated"]),
        (PullFailureKind.AccessDenied, ["authentication is required"]),
        (PullFailureKind.AccessDenied, ["not authorized"]),
        (PullFailureKind.AccessDenied, ["authorization failed"]),
        (PullFailureKind.AccessDenied, ["authorization required"]),
        (PullFailureKind.AccessDenied, ["does not have permission"]),
        (PullFailureKind.AccessDenied, ["access denied"]),
        (PullFailureKind.AccessDenied, ["access forbidden"]),
        (PullFailureKind.AccessDenied, ["403 forbidden"]),
        (PullFailureKind.AccessDenied, ["403 (forbidden)"]),
        (PullFailureKind.AccessDenied, ["denied"]),
        (PullFailureKind.AccessDenied, ["forbidden"]),
        (PullFailureKind.AccessDenied, ["failed to authorize"]),
        (PullFailureKind.RepositoryNotFound, ["repository", "not found"]),
        (PullFailureKind.RepositoryNotFound, ["repository does not exist"]),
        (PullFailureKind.ManifestNotFound, ["manifest unknown"]),
        (PullFailureKind.ManifestNotFound, ["manifest_unknown"]),
        (PullFailureKind.ManifestNotFound, ["manifest for", "not found"]),
        (PullFailureKind.ManifestNotFound, ["not found"]),
        (PullFailureKind.ManifestNotFound, ["notfound"]),
        (PullFailureKind.ManifestNotFound, ["does not exist"]),
        (PullFailureKind.Broken, ["registry is unavailable"]),
        (PullFailureKind.Broken, ["eof"]),
        (PullFailureKind.BackOffOnly, ["back-off pulling image"]),
    ];

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message of a container's waiting state or of an event.</param>
    /// <param name="registry">The registry's host that the image is from, to tell a mirror by; null where it is not known.</param>
    public static PullFailure Classify(string message, string? registry = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var text = Clean(message);

        // CRI-O tells of the mirrors first and of the registry itself last.
        var mirrors = text.IndexOf("Mirrors also failed:", AnyCase);
        string? mirrorPart = null;
        var decisive = text;
        if (mirrors >= 0)
        {
            var end = text.IndexOf("])", mirrors, StringComparison.Ordinal);
            mirrorPart = end < 0 ? text[mirrors..] : text[mirrors..end];
            decisive = end < 0 ? text : text[(end + 2)..];
        }

        // CRI-O tries the same name as an artifact after the image; the image's error is the one that counts.
        var artifact = decisive.IndexOf("artifact err:", AnyCase);
        if (artifact > 0)
        {
            decisive = decisive[..artifact];
        }

        // The quoted names are the image's, and may hold any word ("denied/app", "notfound:1").
        var words = WithoutNames(decisive);
        var status = Status(words);
        var kind = IsProxysAnswer(decisive) ? PullFailureKind.Proxy
            : status == 429 ? PullFailureKind.RateLimited
            : Find(words);
        if (kind is PullFailureKind.Unclassified or PullFailureKind.BackOffOnly && OfStatus(status) is not PullFailureKind.Unclassified and var told)
        {
            kind = told;
        }

        var host = FindHost(decisive);
        var direct = message.Contains("?ns=", StringComparison.Ordinal) || message.Contains("&ns=", StringComparison.Ordinal)
            || (host is not null && message.Contains(host + "/v2/", StringComparison.Ordinal));
        var foreign = registry is not null && host is not null && !IsOf(host, registry);
        var throughMirror = mirrorPart is not null || (direct && foreign);
        return new PullFailure(
            kind,
            text,
            host,
            After(text, "sha256:", char.IsAsciiHexDigit) is { Length: 64 } digest ? "sha256:" + digest : null,
            FindDnsServer(text),
            FindAddress(decisive),
            throughMirror,
            mirrorPart is not null ? FindHost(mirrorPart) ?? FirstName(mirrorPart) : throughMirror ? host : null);
    }

    /// <summary>Whether a host belongs to a registry: itself, or the token and storage hosts of the big registries.</summary>
    public static bool IsOf(string host, string registry)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(registry);
        if (host.Equals(registry, AnyCase))
        {
            return true;
        }

        var (name, home) = (WithoutPort(host), WithoutPort(registry));
        return name.Equals(home, AnyCase)
            || name.EndsWith("." + home, AnyCase)
            || (home is "docker.io" && (name.EndsWith(".docker.com", AnyCase) || name.EndsWith(".docker.io", AnyCase) || name.EndsWith(".r2.cloudflarestorage.com", AnyCase)))
            || (home is "ghcr.io" && name.EndsWith(".githubusercontent.com", AnyCase))
            || (home.EndsWith("gcr.io", AnyCase) && name.EndsWith(".googleapis.com", AnyCase))
            || name.EndsWith(".amazonaws.com", AnyCase)
            || name.EndsWith(".blob.core.windows.net", AnyCase)
            || name.EndsWith(".cloudfront.net", AnyCase);
    }

    private static PullFailureKind Find(string text)
    {
        foreach (var (kind, phrases) in table)
        {
            var all = true;
            foreach (var phrase in phrases)
            {
                if (!text.Contains(phrase, AnyCase))
                {
                    all = false;
                    break;
                }
            }

            if (all)
            {
                return kind;
            }
        }

        return PullFailureKind.Unclassified;
    }

    /// <summary>The HTTP status that a message tells (<c>: 503 Service</c>, <c>StatusCode: 403</c>, <c>HTTP 404 response</c>, <c>status code 500</c>); 0 for none.</summary>
    private static int Status(string text)
    {
        for (var at = 0; at + 3 <= text.Length; at++)
        {
            if (text[at] is < '4' or > '5' || !char.IsAsciiDigit(text[at + 1]) || !char.IsAsciiDigit(text[at + 2])
                || (at > 0 && text[at - 1] is not (' ' or '(' or '=')) || (at + 3 < text.Length && (char.IsAsciiLetterOrDigit(text[at + 3]) || text[at + 3] is '.' or ':' or '/')))
            {
                continue;
            }

            // A number alone may count anything: bytes, seconds.
            var before = text.AsSpan(0, at).TrimEnd(" (=:");
            var after = text.AsSpan(at + 3).TrimStart(" (");
            if (before.EndsWith("status", AnyCase) || before.EndsWith("code", AnyCase) || before.EndsWith("http", AnyCase) || before.EndsWith("registry", AnyCase)
                || before.EndsWith("statuscode", AnyCase) || before.EndsWith("request to", AnyCase) || (text.AsSpan(0, at).EndsWith(": ") && (after.Length == 0 || char.IsAsciiLetterUpper(after[0]))))
            {
                return int.Parse(text.AsSpan(at, 3), System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }

    private static PullFailureKind OfStatus(int status) => status switch
    {
        401 or 403 => PullFailureKind.AccessDenied,
        404 => PullFailureKind.ManifestNotFound,
        407 => PullFailureKind.Proxy,
        408 => PullFailureKind.Timeout,
        >= 500 => PullFailureKind.ServerError,
        _ => PullFailureKind.Unclassified,
    };

    /// <summary>
    /// A proxy that refuses the tunnel is told by its words alone, right behind the quoted address: <c>Get "https://ghcr.io/v2/": Forbidden</c>. A registry's
    /// answer always has its number.
    /// </summary>
    private static bool IsProxysAnswer(string text)
    {
        var quote = text.LastIndexOf("\": ", StringComparison.Ordinal);
        if (quote > 0 && text.Contains("/manifests/", StringComparison.Ordinal) && text.Contains("from daemon", AnyCase))
        {
            // Docker says a registry's refusal of a manifest like this, too.
            return false;
        }

        return quote > 0 && text[(quote + 3)..].TrimEnd('.', ' ', '"', '\'') is "Forbidden" or "Bad Gateway" or "Service Unavailable" or "Gateway Timeout" or "Gateway Time-out"
            or "Proxy Authentication Required" or "Method Not Allowed" or "Not Implemented";
    }

    /// <summary>One line, without the query strings of addresses: signed addresses of blob stores are credentials.</summary>
    private static string Clean(string message)
    {
        var text = message.ReplaceLineEndings(" ").Trim();
        var at = 0;
        while ((at = text.IndexOf("://", at, StringComparison.Ordinal)) >= 0)
        {
            var end = at;
            while (end < text.Length && text[end] is not ('"' or ' ' or '\\' or '?'))
            {
                end++;
            }

            if (end < text.Length && text[end] == '?')
            {
                var stop = end;
                while (stop < text.Length && text[stop] is not ('"' or ' ' or '\\') && !(text[stop] == ':' && stop + 1 < text.Length && text[stop + 1] == ' '))
                {
                    stop++;
                }

                text = text[..end] + text[stop..];
            }

            at = end;
        }

        return text;
    }

    /// <summary>Blanks names and addresses: what stands after <c>image "</c>, <c>reference "</c> and the like, and what looks like <c>host/path</c>.</summary>
    private static string WithoutNames(string text)
    {
        var buffer = text.ToCharArray();
        foreach (var lead in (ReadOnlySpan<string>)["image ", "reference ", "artifact ", "repository "])
        {
            var at = 0;
            while ((at = text.IndexOf(lead, at, AnyCase)) >= 0)
            {
                var start = at + lead.Length;
                while (start < text.Length && text[start] is '\\')
                {
                    start++;
                }

                if (start < text.Length && text[start] == '"')
                {
                    var end = text.IndexOf('"', start + 1);
                    if (end > 0)
                    {
                        Array.Fill(buffer, ' ', start, end - start);
                    }
                }

                at += lead.Length;
            }
        }

        // Addresses and references that stand without such a word: a slash behind something like a host.
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf(' ', start);
            end = end < 0 ? text.Length : end;
            var slash = text.AsSpan(start, end - start).IndexOf('/');
            if (slash > 0 && text.AsSpan(start, slash).ContainsAny('.', ':'))
            {
                Array.Fill(buffer, ' ', start, end - start);
            }

            start = end + 1;
        }

        return new string(buffer);
    }

    private static string? FindHost(string text)
    {
        // The last address is the innermost request.
        string? host = null;
        var at = 0;
        while ((at = text.IndexOf("://", at, StringComparison.Ordinal)) >= 0)
        {
            var start = at + 3;
            var end = start;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '-' or ':' or '[' or ']'))
            {
                end++;
            }

            var scheme = text.AsSpan(0, at);
            if (end > start && (scheme.EndsWith("http") || scheme.EndsWith("https")))
            {
                host = text[start..end].TrimEnd(':');
            }

            at = end > at ? end : at + 3;
        }

        return host
            ?? After(text, "lookup ", c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')
            ?? After(text, "pinging container registry ", c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':')?.TrimEnd(':')
            ?? After(text, "pinging docker registry ", c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':')?.TrimEnd(':');
    }

    private static string? FindDnsServer(string text)
    {
        var lookup = text.IndexOf("lookup ", StringComparison.Ordinal);
        return lookup < 0 ? null : After(text[lookup..], " on ", c => char.IsAsciiHexDigit(c) || c is '.' or ':' or '[' or ']')?.TrimEnd(':');
    }

    private static string? FindAddress(string text)
    {
        var found = After(text, "dial tcp ", c => char.IsAsciiHexDigit(c) || c is '.' or ':' or '[' or ']')?.TrimEnd(':');
        return found is not null && found.Contains(':', StringComparison.Ordinal) ? found : null;
    }

    private static string? FirstName(string text)
    {
        var name = After(text, "[", c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':');
        return name is null ? null : name.TrimEnd(':');
    }

    private static string? After(string text, string lead, Func<char, bool> takes)
    {
        var start = text.IndexOf(lead, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += lead.Length;
        var end = start;
        while (end < text.Length && takes(text[end]))
        {
            end++;
        }

        return end > start ? text[start..end] : null;
    }

    private static string WithoutPort(string host) => host.LastIndexOf(':') is > 0 and var colon && !host.EndsWith(']') ? host[..colon] : host;
}
