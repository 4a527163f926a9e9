using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace KubeLint.Registry.Credentials;

/// <summary>
/// The registries' entries of a <c>config.json</c>, <c>auth.json</c>, <c>.dockerconfigjson</c> or (legacy) <c>.dockercfg</c>. Reading never
/// throws; what is wrong is in <see cref="Problems"/>, without a value in it.
/// </summary>
public sealed class DockerConfig : ICredentialSource
{
    private DockerConfig(
        ImmutableArray<DockerConfigEntry> entries,
        ImmutableArray<string> problems,
        string? store,
        ImmutableDictionary<string, string> helpers,
        string origin)
    {
        Entries = entries;
        Problems = problems;
        CredentialsStore = store;
        CredentialHelpers = helpers;
        Origin = origin;
    }

    /// <summary>The entries, in the file's order.</summary>
    public ImmutableArray<DockerConfigEntry> Entries { get; }

    /// <summary>What is wrong with it, one sentence each; no value of the file is in them.</summary>
    public ImmutableArray<string> Problems { get; }

    /// <summary>Name of the helper that keeps all credentials (<c>credsStore</c>), if any.</summary>
    public string? CredentialsStore { get; }

    /// <summary>Names of helpers by registry (<c>credHelpers</c>).</summary>
    public ImmutableDictionary<string, string> CredentialHelpers { get; }

    /// <summary>Where it was read, for messages.</summary>
    public string Origin { get; }

    /// <summary>Reads the JSON text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="origin">Where it comes from, for messages.</param>
    /// <param name="legacy">Whether the hosts stand at the top (<c>.dockercfg</c>) instead of below <c>auths</c>.</param>
    public static DockerConfig Parse(string json, string origin, bool legacy = false)
    {
        var entries = ImmutableArray.CreateBuilder<DockerConfigEntry>();
        var problems = ImmutableArray.CreateBuilder<string>();
        var helpers = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        string? store = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                problems.Add($"The JSON is {Describe(root.ValueKind)}, not an object.");
            }
            else
            {
                store = ReadString(root, "credsStore");
                if (root.TryGetProperty("credHelpers", out var table) && table.ValueKind == JsonValueKind.Object)
                {
                    foreach (var helper in table.EnumerateObject())
                    {
                        if (helper.Value.ValueKind == JsonValueKind.String)
                        {
                            helpers[helper.Name] = helper.Value.GetString()!;
                        }
                    }
                }

                var auths = root;
                if (!legacy && !root.TryGetProperty("auths", out auths))
                {
                    if (store is null && helpers.Count == 0)
                    {
                        problems.Add("The JSON has no \"auths\".");
                    }
                }
                else if (auths.ValueKind != JsonValueKind.Object)
                {
                    problems.Add($"\"auths\" is {Describe(auths.ValueKind)}, not an object.");
                }
                else
                {
                    foreach (var property in auths.EnumerateObject())
                    {
                        entries.Add(ReadEntry(property.Name, property.Value, origin, problems));
                    }
                }
            }
        }
        catch (JsonException exception)
        {
            // Only the position: the message can quote what stands there.
            problems.Add($"It is not JSON (line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}).");
        }

        return new DockerConfig(entries.ToImmutable(), problems.ToImmutable(), store, helpers.ToImmutable(), origin);
    }

    /// <summary>
    /// The entry that the kubelet would use for an image: globs in the host's parts, a path as a prefix, the longest key first, and
    /// <c>index.docker.io</c> for Docker Hub. Source: kubernetes.io, "Images", "Interpretation of config.json".
    /// </summary>
    public DockerConfigEntry? Find(RegistryImage image)
    {
        DockerConfigEntry? best = null;
        foreach (var entry in Entries)
        {
            if (Covers(entry.Key, image) && (best is null || Normalize(entry.Key).Length > Normalize(best.Key).Length))
            {
                best = entry;
            }
        }

        return best;
    }

    /// <inheritdoc />
    public ValueTask<RegistryCredential?> FindAsync(RegistryImage image, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Find(image)?.Credential);

    /// <summary>Whether a key of the file stands for an image, as the kubelet reads it.</summary>
    public static bool Covers(string key, RegistryImage image)
    {
        ArgumentNullException.ThrowIfNull(key);
        var normalized = Normalize(key);
        if (IsDockerHub(image.Registry) && normalized == "index.docker.io")
        {
            return true;
        }

        var slash = normalized.IndexOf('/', StringComparison.Ordinal);
        var (host, path) = slash < 0 ? (normalized, "") : (normalized[..slash], normalized[(slash + 1)..]);
        return HostMatches(host, image.Registry) && image.Repository.StartsWith(path, StringComparison.Ordinal);
    }

    /// <summary>Whether a host is Docker Hub under one of its names.</summary>
    public static bool IsDockerHub(string registry) => registry is "docker.io" or "index.docker.io" or "registry-1.docker.io";

    internal static string Normalize(string key)
    {
        var text = key;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            text = text[(scheme + 3)..];
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return text;
        }

        // The kubelet drops the API version of an address such as https://index.docker.io/v1/.
        var path = text[slash..];
        if (path is "/v1" or "/v2" || path.StartsWith("/v1/", StringComparison.Ordinal) || path.StartsWith("/v2/", StringComparison.Ordinal))
        {
            path = path[3..];
        }

        path = path.TrimEnd('/');
        return path.Length == 0 ? text[..slash] : text[..slash] + path;
    }

    private static bool HostMatches(string pattern, string host)
    {
        var (patternName, patternPort) = SplitPort(pattern);
        var (hostName, hostPort) = SplitPort(host);
        if (patternPort != hostPort)
        {
            return false;
        }

        var patternParts = patternName.Split('.');
        var hostParts = hostName.Split('.');
        if (patternParts.Length != hostParts.Length)
        {
            return false;
        }

        for (var i = 0; i < patternParts.Length; i++)
        {
            if (!System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(patternParts[i], hostParts[i], ignoreCase: false))
            {
                return false;
            }
        }

        return true;
    }

    private static (string Name, string Port) SplitPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host.EndsWith(']') ? (host, "") : (host[..colon], host[(colon + 1)..]);
    }

    private static DockerConfigEntry ReadEntry(string key, JsonElement value, string origin, ImmutableArray<string>.Builder problems)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"The entry of {key} is {Describe(value.ValueKind)}, not an object.");
            return new DockerConfigEntry(key, null);
        }

        var username = ReadString(value, "username") ?? "";
        var password = ReadString(value, "password") ?? "";
        var token = ReadString(value, "identitytoken") ?? ReadString(value, "registrytoken");
        if (ReadString(value, "auth") is { Length: > 0 } auth)
        {
            var buffer = new byte[auth.Length];
            if (!Convert.TryFromBase64String(auth, buffer, out var length))
            {
                problems.Add($"\"auth\" of {key} is not base64.");
            }
            else
            {
                var text = Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\0');
                var colon = text.IndexOf(':', StringComparison.Ordinal);
                if (colon < 0)
                {
                    problems.Add($"\"auth\" of {key} is not \"user:password\" in base64.");
                }
                else
                {
                    (username, password) = (text[..colon], text[(colon + 1)..].TrimEnd('\n'));
                }
            }
        }

        if (string.IsNullOrEmpty(token) && (username.Length == 0 || password.Length == 0))
        {
            return new DockerConfigEntry(key, null);
        }

        return new DockerConfigEntry(key, new RegistryCredential(
            username,
            new SecretText(password),
            string.IsNullOrEmpty(token) ? null : new SecretText(token),
            origin));
    }

    private static string? ReadString(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        _ => "a truth value",
    };
}

/// <summary>One registry's entry.</summary>
/// <param name="Key">The key as written: a host, with a scheme, globs or a path perhaps.</param>
/// <param name="Credential">The credential, or null where the entry has none (a credentials store keeps it, or it is empty).</param>
public sealed record DockerConfigEntry(string Key, RegistryCredential? Credential);
