using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Text;

/// <summary>Addresses of files, as the protocol writes them.</summary>
internal static class FileUri
{
    /// <summary>The absolute, normalised path of an address; null where it is none of a file on this machine (<c>untitled:</c>, <c>git:</c>).</summary>
    public static string? ToPath(string uri)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed) || !parsed.IsFile || parsed.Host.Length > 0)
        {
            return null;
        }

        // On Windows editors write the drive's colon as %3A, which leaves a slash before the drive.
        var path = Uri.UnescapeDataString(parsed.AbsolutePath);
        return YamlFileCache.Normalize(OperatingSystem.IsWindows() ? path.TrimStart('/') : path);
    }

    /// <summary>The address of an absolute path.</summary>
    public static string FromPath(string path) =>
        "file://" + (path.StartsWith('/') ? "" : "/") + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
