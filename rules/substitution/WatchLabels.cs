using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>The ConfigMaps and Secrets that Flux objects read, which Flux watches by a label (https://fluxcd.io/flux/components/kustomize/kustomizations/#reacting-immediately-to-configuration-dependencies).</summary>
internal static class WatchLabels
{
    /// <summary>The label.</summary>
    public const string Key = "reconcile.fluxcd.io/watch";

    /// <summary>The value, in this case only.</summary>
    public const string Value = "Enabled";

    /// <summary>The page that tells of it.</summary>
    public static Uri Reference { get; } = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#reacting-immediately-to-configuration-dependencies");

    /// <summary>The objects of a cluster that are read, each once, with the node that first names it.</summary>
    public static IEnumerable<(EffectiveObject Object, YamlNode Reference)> Objects(FluxCluster cluster)
    {
        var seen = new HashSet<ObjectId>();
        foreach (var (owner, list) in References(cluster))
        {
            foreach (var reference in list?.AsSequence()?.Items ?? [])
            {
                if (reference.GetString("kind") is { } kind and ("ConfigMap" or "Secret") && reference.GetString("name") is { } name
                    && cluster.Find("", kind, owner.Namespace ?? "default", name) is { } item && seen.Add(item.Id))
                {
                    yield return (item, reference);
                }
            }
        }
    }

    private static IEnumerable<(ObjectId Owner, YamlNode? List)> References(FluxCluster cluster)
    {
        foreach (var kustomization in cluster.Kustomizations)
        {
            yield return (kustomization.Id, kustomization.Object.Root.Get("spec", "postBuild", "substituteFrom"));
        }

        foreach (var release in cluster.Releases)
        {
            yield return (release.Id, release.Object.Root.Get("spec", "valuesFrom"));
        }
    }
}
