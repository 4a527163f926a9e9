using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>The keys of a ConfigMap or Secret.</summary>
/// <param name="Names">The keys that are known, in order.</param>
/// <param name="Binary">Those that stand in <c>binaryData</c>.</param>
/// <param name="AreAll">Whether there are no others.</param>
public sealed record DataKeys(ImmutableArray<string> Names, ImmutableArray<string> Binary, bool AreAll)
{
    /// <summary>Nothing is known.</summary>
    public static DataKeys Unknown { get; } = new([], [], false);

    /// <summary>The keys that an object holds, or gives to the Secret that it makes.</summary>
    /// <param name="item">A ConfigMap, Secret, ExternalSecret or SealedSecret; of any other nothing is known.</param>
    public static DataKeys Of(KubernetesObject item) => (item.Group, item.Kind) switch
    {
        ("", "ConfigMap" or "Secret") => OfData(item),
        ("bitnami.com", "SealedSecret") => new DataKeys(
            [.. Keys(item.Root.Get("spec", "encryptedData")), .. Keys(item.Root.Get("spec", "template", "data")), .. Keys(item.Root.Get("spec", "template", "stringData"))],
            [],
            IsPlain(item.Root.Get("spec", "encryptedData"))),
        ("external-secrets.io", "ExternalSecret") => OfExternalSecret(item.Spec),
        ("external-secrets.io", "ClusterExternalSecret") => OfExternalSecret(item.Spec?["externalSecretSpec"]?.AsMapping()),
        _ => Unknown,
    };

    private static DataKeys OfData(KubernetesObject item)
    {
        // The replicator fills an object from another one.
        var isFilled = item.Root.Get("metadata", "annotations")?.AsMapping() is { } annotations && (ClusterSecretMakers.IsCopy(annotations) || annotations.IsUnknown);
        var isKnown = !isFilled && IsPlain(item.Root["data"]) && IsPlain(item.Root["stringData"]) && IsPlain(item.Root["binaryData"]);
        return new DataKeys([.. Keys(item.Root["data"]).Union(Keys(item.Root["stringData"]))], [.. Keys(item.Root["binaryData"])], isKnown);
    }

    // https://external-secrets.io/latest/guides/templating/: a template's data replaces what was fetched, unless it is merged.
    private static DataKeys OfExternalSecret(YamlMapping? spec)
    {
        var template = spec?.Get("target", "template");
        var own = Keys(template?.Get("data")).ToImmutableArray();
        var isMerged = template?.GetString("mergePolicy") == "Merge" || spec?.GetString("target", "creationPolicy") == "Merge";
        var isOpen = spec is null || template?.Get("templateFrom") is not null || !IsPlain(template?.Get("data"));
        if (own.Length > 0 && !isMerged)
        {
            return new DataKeys(own, [], !isOpen);
        }

        var fetched = (spec?["data"]?.AsSequence()?.Items ?? []).Select(entry => entry.GetString("secretKey")).OfType<string>();
        return new DataKeys([.. fetched.Union(own)], [], !isOpen && !isMerged && spec?["dataFrom"] is null && spec?["data"] is { IsUnknown: false });
    }

    private static IEnumerable<string> Keys(YamlNode? node) => (node?.AsMapping()?.EffectiveEntries() ?? []).Select(entry => entry.Name).OfType<string>();

    private static bool IsPlain(YamlNode? node)
    {
        if (node is null)
        {
            return true;
        }

        if (node.IsUnknown)
        {
            return false;
        }

        foreach (var entry in node.AsMapping()?.EffectiveEntries() ?? [])
        {
            if (entry.Name is not { } name || entry.Key.IsUnknown || name.Contains("${", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
