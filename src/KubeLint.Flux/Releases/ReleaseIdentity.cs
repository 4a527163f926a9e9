using System.Security.Cryptography;
using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Under which name and where Helm keeps a release (https://fluxcd.io/flux/components/helm/helmreleases/#release-name).</summary>
/// <param name="Name">The release's name as Helm knows it.</param>
/// <param name="LongName">The name before it was shortened; the same where it was short enough.</param>
/// <param name="TargetNamespace">The namespace of what the chart makes.</param>
/// <param name="StorageNamespace">The namespace of Helm's own records.</param>
public sealed record ReleaseIdentity(string Name, string LongName, string TargetNamespace, string StorageNamespace)
{
    /// <summary>How long a release's name may be.</summary>
    public const int MaxLength = 53;

    private const int HashLength = 12;

    /// <summary>The identity of a HelmRelease; null where a part of it is not known.</summary>
    public static ReleaseIdentity? Of(KubernetesObject release)
    {
        var spec = release.Spec;
        var named = Part(spec?["releaseName"]);
        var target = Part(spec?["targetNamespace"]);
        var storage = Part(spec?["storageNamespace"]);
        var own = Part(release.Root.Get("metadata", "namespace"));
        var name = Part(release.Root.Get("metadata", "name"));
        if (!named.IsKnown || !target.IsKnown || !storage.IsKnown || !own.IsKnown || name is not { IsKnown: true, Value: { } ownName })
        {
            return null;
        }

        var ns = own.Value ?? "default";
        var full = named.Value ?? (target.Value is { } prefix ? $"{prefix}-{ownName}" : ownName);
        return new ReleaseIdentity(Shorten(full), full, target.Value ?? ns, storage.Value ?? ns);
    }

    private static string Shorten(string name)
    {
        if (name.Length <= MaxLength)
        {
            return name;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        return $"{name[..(MaxLength - HashLength - 1)]}-{hash[..HashLength]}";
    }

    private static (bool IsKnown, string? Value) Part(YamlNode? node) => node?.AsScalar() switch
    {
        null => (node is null, null),
        { IsNull: true } => (true, null),
        { IsUnknown: true } => (false, null),
        var scalar when scalar.Value.Contains("${", StringComparison.Ordinal) => (false, null),
        { Value: "" } => (true, null),
        var scalar => (true, scalar.Value),
    };
}
