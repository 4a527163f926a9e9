using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>
/// Tells which objects a cluster certainly lacks. Beyond what is known of each cluster, this knows that charts on the common library of
/// app-template make only what their values say, under names that begin with the release's or are forced.
/// </summary>
internal sealed class Absence
{
    private readonly FluxCluster cluster;
    private readonly Lazy<Dictionary<string, Installed>> releases;

    private Absence(FluxCluster cluster)
    {
        this.cluster = cluster;
        releases = new(IndexReleases);
    }

    /// <summary>What a cluster lacks.</summary>
    public static Absence Of(GraphContext context) =>
        context.Shared(static (_, _) => new PerCluster<Absence>(static cluster => new Absence(cluster))).Of(context.Cluster);

    /// <summary>Whether nothing makes an object, and nothing unseen is likely to.</summary>
    public bool IsCertain(string group, string kind, string ns, string name)
    {
        var existence = cluster.Knowledge.Find(group, kind, ns, name);
        return existence.Presence == Presence.Missing
            || (existence is { Presence: Presence.MayExist, By: UnseenMaker.AnyRelease or UnseenMaker.NamedRelease } && !MayBeOfRelease(kind, ns, name));
    }

    // Of a chart that is not known a name tells: it begins with the release's. Where none does, any chart of the namespace may be the one.
    private bool MayBeOfRelease(string kind, string ns, string name)
    {
        if (!releases.Value.TryGetValue(ns, out var installed))
        {
            return false;
        }

        if (installed.MakesAnything || installed.Forced.Any(forced => name.Contains(forced, StringComparison.Ordinal)))
        {
            return true;
        }

        var hasOwner = false;
        var byName = installed.ByName.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = 0; length <= name.Length; length++)
        {
            if (!byName.TryGetValue(name.AsSpan(0, length), out var named))
            {
                continue;
            }

            foreach (var values in named)
            {
                if (values is null || Makes(values, kind))
                {
                    return true;
                }

                hasOwner = true;
            }
        }

        return installed.HasUntold && !hasOwner;
    }

    private Dictionary<string, Installed> IndexReleases()
    {
        var index = new Dictionary<string, Installed>(StringComparer.Ordinal);
        foreach (var release in cluster.Releases)
        {
            var ns = WorkloadPods.NamespaceOf(release.Object) ?? "default";
            if (!index.TryGetValue(ns, out var installed))
            {
                index.Add(ns, installed = new Installed());
            }

            installed.Add(WorkloadPods.NameOf(release.Object), ToldValues(release));
        }

        return index;
    }

    // The values of a release where they tell all that it makes.
    private static YamlMapping? ToldValues(FluxHelmRelease release) =>
        release.Values is { } values && !release.Pods.IsEmpty && release.Layers.All(layer => layer.State == ValuesLayerState.Known)
        && values.Get("global", "fullnameOverride") is null && values.Get("global", "nameOverride") is null && values["fullnameOverride"] is null && values["nameOverride"] is null
            ? values
            : null;

    // What the library makes of each part of its values.
    private static bool Makes(YamlMapping values, string kind)
    {
        foreach (var entry in values.EffectiveEntries())
        {
            var makes = entry.Name is { } key && entry.Value.Resolved is YamlMapping { Entries.IsEmpty: false } part && kind switch
            {
                "Secret" => key.StartsWith("secret", StringComparison.Ordinal),
                "ConfigMap" => key.StartsWith("configMap", StringComparison.Ordinal),
                "Service" => key == "service",
                "ServiceAccount" => key == "serviceAccount",
                "PersistentVolumeClaim" => key == "persistence" && part.EffectiveEntries().Any(item => item.Value.GetString("type") is null or "persistentVolumeClaim" && item.Value.Get("existingClaim") is null),
                _ => true,
            };
            if (makes)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The releases of a namespace.</summary>
    private sealed class Installed
    {
        /// <summary>Whether one makes objects of which neither name nor kind is known.</summary>
        public bool MakesAnything { get; private set; }

        /// <summary>Whether the values of one do not tell all that it makes.</summary>
        public bool HasUntold { get; private set; }

        /// <summary>The texts that values force into names.</summary>
        public HashSet<string> Forced { get; } = new(StringComparer.Ordinal);

        /// <summary>By the release's name its values, null where they do not tell all.</summary>
        public Dictionary<string, List<YamlMapping?>> ByName { get; } = new(StringComparer.Ordinal);

        public void Add(string name, YamlMapping? values)
        {
            HasUntold |= values is null;
            MakesAnything |= values?["rawResources"] is YamlMapping { Entries.IsEmpty: false };
            AddForced(values);
            if (!ByName.TryGetValue(name, out var named))
            {
                ByName.Add(name, named = []);
            }

            named.Add(values);
        }

        private void AddForced(YamlNode? node)
        {
            switch (node?.Resolved)
            {
                case YamlMapping mapping:
                    foreach (var entry in mapping.Entries)
                    {
                        if (entry.Name is "forceRename" or "prefix" or "suffix" && entry.Value.Resolved is YamlScalar forced)
                        {
                            MakesAnything |= Template.IsIn(forced.Value);
                            Forced.Add(forced.Value);
                        }

                        AddForced(entry.Value);
                    }

                    break;
                case YamlSequence sequence:
                    foreach (var item in sequence.Items)
                    {
                        AddForced(item);
                    }

                    break;
            }
        }
    }
}
