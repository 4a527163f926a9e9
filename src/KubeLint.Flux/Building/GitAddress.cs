using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Addresses of git repositories, made comparable.</summary>
internal static class GitAddress
{
    /// <summary>Host and path of an address, whatever its scheme, user, port and ending: <c>github.com/org/repo</c>.</summary>
    public static string Normalize(string address)
    {
        var text = address.Trim();
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var isScp = scheme < 0 && text.IndexOf(':', StringComparison.Ordinal) > 0;
        text = scheme < 0 ? text : text[(scheme + 3)..];
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var at = text.LastIndexOf('@', slash < 0 ? text.Length - 1 : slash);
        text = text[(at + 1)..];
        if (isScp)
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            text = $"{text[..colon]}/{text[(colon + 1)..].TrimStart('/')}";
        }

        slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return text.ToLowerInvariant();
        }

        var host = text[..slash];
        var port = host.IndexOf(':', StringComparison.Ordinal);
        var path = text[(slash + 1)..].TrimEnd('/');
        path = path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path;
        return $"{(port < 0 ? host : host[..port])}/{path}".ToLowerInvariant();
    }

    /// <summary>The addresses of a checkout's remotes, normalised; none where there is no <c>.git/config</c>.</summary>
    /// <remarks>A worktree's <c>.git</c> is a file that names the real directory (https://git-scm.com/docs/gitrepository-layout).</remarks>
    public static IReadOnlyList<string> RemotesOf(IFileSource source, string repositoryRoot)
    {
        var result = new List<string>();
        var directory = $"{repositoryRoot}/.git";
        if (source.FileExists(directory) && Read(source, directory) is { } pointer && pointer.StartsWith("gitdir:", StringComparison.Ordinal))
        {
            var real = pointer["gitdir:".Length..].Trim();
            directory = YamlFileCache.Resolve(repositoryRoot, real);
            if (Read(source, $"{directory}/commondir") is { } common)
            {
                directory = YamlFileCache.Normalize($"{directory}/{common.Trim()}");
            }
        }

        foreach (var line in (Read(source, $"{directory}/config") ?? "").AsSpan().EnumerateLines())
        {
            var text = line.Trim();
            var equals = text.IndexOf('=');
            if (equals > 0 && text[..equals].TrimEnd() is "url")
            {
                result.Add(Normalize(text[(equals + 1)..].ToString()));
            }
        }

        return result;
    }

    private static string? Read(IFileSource source, string path)
    {
        try
        {
            return source.FileExists(path) ? System.Text.Encoding.UTF8.GetString(source.ReadAllBytes(path)) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
