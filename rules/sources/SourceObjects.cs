using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Sources;

/// <summary>What rules over sources share.</summary>
internal static class SourceObjects
{
    /// <summary>A scalar of an object's <c>spec</c> as it is written, an alias included, where its text is known.</summary>
    public static (YamlNode At, string Text)? Read(KubernetesObject item, string field) =>
        item.Spec?.Find(field) is { } entry && entry.Value.Resolved is YamlScalar { IsNull: false, IsUnknown: false, Value.Length: > 0 } scalar
        && !scalar.Value.Contains("${", StringComparison.Ordinal)
            ? (entry.Value, scalar.Value)
            : null;

    /// <summary>The host of an address; empty where there is none.</summary>
    public static string HostOf(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? url : url[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        rest = slash < 0 ? rest : rest[..slash];
        rest = rest[(rest.LastIndexOf('@') + 1)..];
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        return (colon < 0 ? rest : rest[..colon]).ToLowerInvariant();
    }

    /// <summary>Whether only the cluster or a private network reaches a host.</summary>
    public static bool IsPrivate(string host)
    {
        if (!host.Contains('.', StringComparison.Ordinal) || host.EndsWith(".svc", StringComparison.Ordinal))
        {
            return true;
        }

        if (System.Net.IPAddress.TryParse(host, out var address))
        {
            var bytes = address.GetAddressBytes();
            return bytes is [10 or 127, ..] or [192, 168, ..] or [172, >= 16 and <= 31, ..];
        }

        return host[(host.LastIndexOf('.') + 1)..] is "local" or "lan" or "home" or "internal" or "intern" or "localdomain" or "arpa" or "test" or "localhost";
    }

    /// <summary>Whether a cluster begins with a source: that one follows what it is given by design.</summary>
    public static bool IsBeginning(FluxCluster cluster, KubernetesObject item) => cluster.Knowledge.BeginsWith(item.Kind, item.Name);

    /// <summary>Whether a HelmRepository is one of OCI.</summary>
    public static bool IsOciHelm(KubernetesObject item) =>
        item.Kind == "HelmRepository" && (item.Root.GetString("spec", "type") == "oci" || item.Root.GetString("spec", "url")?.StartsWith("oci://", StringComparison.Ordinal) == true);
}
