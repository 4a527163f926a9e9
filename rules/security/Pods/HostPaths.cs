namespace KubeLint.Rules.Security;

/// <summary>Paths on a node.</summary>
internal static class HostPaths
{
    /// <summary>A path without a final or doubled slash, <c>/var/run</c> as <c>/run</c>, which it is on each node; null for what is no absolute path.</summary>
    public static string? Normalize(string path)
    {
        if (!path.StartsWith('/') || Template.IsIn(path))
        {
            return null;
        }

        var normal = "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        return normal == "/var/run" || normal.StartsWith("/var/run/", StringComparison.Ordinal) ? normal["/var".Length..] : normal;
    }

    /// <summary>Whether a path is a directory or lies below it.</summary>
    public static bool IsAtOrBelow(string path, string directory) =>
        path == directory || (path.Length > directory.Length && path[directory.Length] == '/' && path.StartsWith(directory, StringComparison.Ordinal));
}
