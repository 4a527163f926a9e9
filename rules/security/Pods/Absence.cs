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
    private readonly Lazy<ILookup<string, Release>> releases;

    public Absence(FluxCluster cluster)
    {
        this.cluster = cluster;
        releases = new(() => cluster.Releases.Select(Release.Of).ToLookup(release => release.Namespace));
    }

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
        var hasOwner = false;
        var hasUntold = false;
        foreach (var release in releases.Value[ns])
        {
            var isNamed = name.StartsWith(release.Name, StringComparison.Ordinal);
            if (release.Values is not { } values)
            {
                if (isNamed)
                {
                    return true;
                }

                hasUntold = true;
            }
            else if (values["rawResources"] is YamlMapping { Entries.IsEmpty: false } || ForcesName(values, name) || (isNamed && Makes(values, kind)))
            {
                return true;
            }
            else
            {
                hasOwner |= isNamed;
            }
        }

        return hasUntold && !hasOwner;
    }

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

    private static bool ForcesName(YamlNode node, string name)
    {
        switch (node.Resolved)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    if ((entry.Name is "forceRename" or "prefix" or "suffix" && entry.Value.Resolved is YamlScalar forced && (name.Contains(forced.Value, StringComparison.Ordinal) || Template.IsIn(forced.Value)))
                        || ForcesName(entry.Value, name))
                    {
                        return true;
                    }
                }

                return false;
            case YamlSequence sequence:
                return sequence.Items.Any(item => ForcesName(item, name));
            default:
                return false;
        }
    }

    /// <summary>A release.</summary>
    /// <param name="Namespace">Where it installs.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Values">Its values where they tell all that it makes; else null.</param>
    private sealed record Release(string Namespace, string Name, YamlMapping? Values)
    {
        public static Release Of(FluxHelmRelease release)
        {
            var isTold = release.Values is { } values && !WorkloadPods.Of(release.Object, values).IsEmpty && release.Layers.All(layer => layer.State == ValuesLayerState.Known)
                && values.Get("global", "fullnameOverride") is null && values.Get("global", "nameOverride") is null && values["fullnameOverride"] is null && values["nameOverride"] is null;
            return new Release(WorkloadPods.NamespaceOf(release.Object) ?? "default", WorkloadPods.NameOf(release.Object), isTold ? release.Values : null);
        }
    }
}
