using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>The ConfigMaps, Secrets and sources that a cluster gets: what references are looked up in.</summary>
internal sealed class DataIndex
{
    private readonly Dictionary<ObjectId, KubernetesObject> objects = [];

    /// <summary>Nothing.</summary>
    public static DataIndex Empty { get; } = new();

    /// <summary>Takes an object if it is of a kind that others read; of two of one identity the first counts.</summary>
    public void Add(KubernetesObject item)
    {
        if (item.Group is FluxGroups.Source or FluxGroups.SourceExtensions || (item.Group.Length == 0 && item.Kind is "ConfigMap" or "Secret"))
        {
            objects.TryAdd(item.Id with { Namespace = item.Namespace ?? "default" }, item);
        }
    }

    /// <summary>An object; null where the repository makes none.</summary>
    public KubernetesObject? Find(string group, string kind, string ns, string name) => objects.GetValueOrDefault(new ObjectId(group, kind, ns, name));

    /// <summary>The objects of a group and kind.</summary>
    public IEnumerable<KubernetesObject> OfKind(string group, string kind) => objects.Values.Where(item => item.Is(group, kind));

    /// <summary>Whether both hold the same, so that another pass over the cluster would change nothing.</summary>
    public bool SameAs(DataIndex other)
    {
        if (objects.Count != other.objects.Count)
        {
            return false;
        }

        foreach (var (id, item) in objects)
        {
            if (!other.objects.TryGetValue(id, out var counterpart) || !YamlContent.Same(item.Root, counterpart.Root))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The keys of a ConfigMap or Secret with their values; a value that is encrypted, binary or unknown is null.</summary>
    public static IEnumerable<(string Key, string? Value, YamlNode Node)> Entries(KubernetesObject item)
    {
        var isSecret = item.Kind == "Secret";
        if (isSecret)
        {
            // stringData overwrites data of the same key.
            foreach (var entry in item.Root["stringData"]?.AsMapping()?.EffectiveEntries() ?? [])
            {
                if (entry.Name is { } key)
                {
                    yield return (key, Plain(entry.Value), entry.Value.Resolved);
                }
            }
        }

        foreach (var entry in item.Root["data"]?.AsMapping()?.EffectiveEntries() ?? [])
        {
            if (entry.Name is not { } key || (isSecret && item.Root.Get("stringData", key) is not null))
            {
                continue;
            }

            yield return (key, isSecret ? Decode(Plain(entry.Value)) : Plain(entry.Value), entry.Value.Resolved);
        }
    }

    private static string? Plain(YamlNode node) =>
        node.Resolved is YamlScalar { IsUnknown: false } scalar && !IsEncrypted(scalar.Value) ? scalar.IsNull ? "" : scalar.Value : null;

    private static bool IsEncrypted(string value) => value.StartsWith("ENC[", StringComparison.Ordinal);

    private static string? Decode(string? encoded)
    {
        if (encoded is null || !Base64.IsValid(encoded))
        {
            return null;
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(encoded));
            return IsEncrypted(text) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
