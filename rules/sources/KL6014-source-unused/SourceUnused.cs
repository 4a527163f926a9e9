using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Sources;

/// <summary>Reports sources that nothing in the cluster uses.</summary>
public sealed class SourceUnused : Rule
{
    private static readonly string[] Kinds = ["GitRepository", "OCIRepository", "HelmRepository", "Bucket"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6014", "source-unused", "Nothing uses this source", Severity.Info)
        {
            Tag = FindingTag.Unnecessary,
            Reference = new("https://fluxcd.io/flux/components/source/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Repository(context =>
    {
        // One that some cluster uses may stay in what clusters share.
        var used = new HashSet<(string Kind, string Namespace, string Name)>();
        var isKnown = true;
        foreach (var cluster in context.Model.Clusters)
        {
            isKnown &= cluster.Knowledge.Find(FluxGroups.Helm, "HelmRelease", "any", "any").By is not (UnseenMaker.Build or UnseenMaker.OtherProject);
            foreach (var kustomization in cluster.Kustomizations)
            {
                if (kustomization.Source is { } source)
                {
                    used.Add((source.Kind, source.Namespace ?? "default", source.Name));
                }
            }

            foreach (var item in cluster.Objects())
            {
                Collect(item.Object.Spec, item.Object.Namespace ?? "default", used);
            }
        }

        if (!isKnown)
        {
            return;
        }

        // What a component brings to many namespaces is used if one of them uses it.
        var unused = new Dictionary<Location, EffectiveObject>();
        var usedPlaces = new HashSet<Location>();
        foreach (var cluster in context.Model.Clusters)
        {
            foreach (var kind in Kinds)
            {
                foreach (var item in cluster.Knowledge.OfKind(FluxGroups.Source, kind))
                {
                    if (item.Object.Root.Get("metadata", "name") is not YamlScalar { IsUnknown: false } name || name.Value.Contains("${", StringComparison.Ordinal)
                        || used.Contains((kind, item.Object.Namespace ?? "default", name.Value)))
                    {
                        usedPlaces.Add((item.Object.Root.Get("metadata", "name") ?? item.Object.Root).Location);
                    }
                    else
                    {
                        unused.TryAdd(name.Location, item);
                    }
                }
            }
        }

        foreach (var (place, item) in unused)
        {
            if (!usedPlaces.Contains(place))
            {
                context.Report(
                    place, $"Nothing uses {item.Object.Kind} {item.Object.Namespace ?? "default"}/{item.Object.Name}, and Flux fetches it all the same", "Remove it", about: item.Id);
            }
        }
    });

    private static bool IsSource(string kind) => kind is "GitRepository" or "OCIRepository" or "HelmRepository" or "Bucket";

    // Any mapping with a source's kind and a name: other controllers have references of their own.
    private static void Collect(YamlNode? node, string ns, HashSet<(string Kind, string Namespace, string Name)> used)
    {
        switch (node?.Resolved)
        {
            case YamlMapping mapping:
                var mayRefer = false;
                foreach (var entry in mapping.Entries)
                {
                    if (entry.Value is YamlScalar scalar)
                    {
                        mayRefer |= IsSource(scalar.Value);
                    }
                    else
                    {
                        mayRefer |= entry.IsMerge || entry.Value is YamlAlias;
                        Collect(entry.Value, ns, used);
                    }
                }

                if (mayRefer && mapping.GetString("kind") is { } kind && IsSource(kind) && mapping.GetString("name") is { } name)
                {
                    used.Add((kind, mapping.GetString("namespace") ?? ns, name));
                }

                break;
            case YamlSequence sequence:
                foreach (var entry in sequence.Items)
                {
                    Collect(entry, ns, used);
                }

                break;
            default:
                break;
        }
    }
}
