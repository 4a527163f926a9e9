namespace KubeLint.Analysis;

/// <summary>Locations of schemas that are addresses of a web server, not paths.</summary>
public static class SchemaAddress
{
    /// <summary>Whether a location is an address, perhaps a wrong one.</summary>
    public static bool IsRemote(string location) => location.Contains("://", StringComparison.Ordinal);

    /// <summary>Whether schemas may be fetched from an address: over <c>https</c>, or <c>http</c> from this machine.</summary>
    public static bool IsAllowed(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    /// <summary>Whether a location, perhaps a template, leads to addresses from which schemas may be fetched. The kinds of a repository must not choose the server.</summary>
    internal static bool IsAllowed(string location)
    {
        var host = location.IndexOf("://", StringComparison.Ordinal) + 3;
        var path = location.IndexOf('/', host);
        return !location.AsSpan(0, path < 0 ? location.Length : path).Contains("{{", StringComparison.Ordinal)
            && Uri.TryCreate(path < 0 ? location : location[..(path + 1)], UriKind.Absolute, out var server) && IsAllowed(server);
    }
}
