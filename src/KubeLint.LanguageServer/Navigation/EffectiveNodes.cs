using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Navigation;

/// <summary>What a cluster gets where something else, or the same, is written.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Object">The object as the cluster gets it.</param>
/// <param name="Path">Where it stands in the object.</param>
/// <param name="Node">What it gets there; null where that is taken away.</param>
/// <param name="Release">The release in whose merged values it stands; null where it stands in the object itself.</param>
internal sealed record EffectiveNode(string Cluster, KubernetesObject Object, ImmutableArray<PathStep> Path, YamlNode? Node, FluxHelmRelease? Release);

/// <summary>
/// Leads from what is written in files to what the clusters of a repository get of it. Immutable; what takes a look at the whole repository is
/// found at the first use.
/// </summary>
internal sealed class EffectiveNodes
{
    private readonly RepositoryModel model;
    private readonly Lazy<Dictionary<(string Path, TextSpan Span), List<KubernetesObject>>> byRoot;
    private readonly Lazy<Dictionary<string, List<KubernetesObject>>> byFile;
    private readonly Lazy<Dictionary<string, List<(TextSpan Span, ObjectId Secret)>>> secrets;

    /// <summary>Of a repository.</summary>
    /// <param name="model">What it holds and what its clusters get.</param>
    public EffectiveNodes(RepositoryModel model)
    {
        this.model = model;
        byRoot = new(FindRoots);
        byFile = new(FindFiles);
        secrets = new(FindSecrets);
    }

    /// <summary>The objects that clusters get of a document; that which is written where none is known to get it.</summary>
    /// <param name="root">The document's root.</param>
    public IReadOnlyList<KubernetesObject> ObjectsOf(YamlNode root) =>
        byRoot.Value.GetValueOrDefault((root.Source.Root.Path, root.Location.Span)) ?? [];

    /// <summary>The objects of which a part is written in a file: its own, those that a patch in it changes, the releases whose values it holds.</summary>
    /// <param name="path">The file's shown path.</param>
    public IReadOnlyList<KubernetesObject> ObjectsWith(string path) => byFile.Value.GetValueOrDefault(path) ?? [];

    /// <summary>The objects that a patch changes: of which a part is written in it, and not the object itself.</summary>
    /// <param name="patch">The patch's root, in a file of its own or in a scalar.</param>
    public IEnumerable<KubernetesObject> ObjectsChangedBy(YamlNode patch)
    {
        var place = patch.Location;
        foreach (var item in ObjectsWith(place.Text.Path))
        {
            if (item.Root.Location != place && Below(item.Root).Any(found => IsWithin(found.Node, place)))
            {
                yield return item;
            }
        }
    }

    /// <summary>What the clusters get at a place of a file: of an object, of values, of a patch. Empty where that is not known.</summary>
    public IReadOnlyList<EffectiveNode> At(NodePlace place)
    {
        if (ValuesAt(place) is { Count: > 0 } values)
        {
            return values;
        }

        var objects = place.Outer is null ? ObjectsOf(place.Root) : [];
        if (objects.Count == 0)
        {
            return place.Value.Resolved is YamlScalar ? WrittenAt(place.Value.Location) : [];
        }

        var result = new List<EffectiveNode>();
        foreach (var item in objects)
        {
            var node = Follow(item.Root, place.Root, place.Path);
            foreach (var producer in model.ProducersOf(item))
            {
                result.Add(new EffectiveNode(producer.Cluster, item, place.Path, node, null));
            }
        }

        return result;
    }

    /// <summary>What is written at a place of an object, before patches: of the document that the object begins in. Null where nothing is.</summary>
    public YamlNode? Written(KubernetesObject item, ImmutableArray<PathStep> path)
    {
        var place = item.Root.Location;
        foreach (var document in model.Workspace.FindSelected(place.Text.Path)?.Yaml.Documents ?? [])
        {
            if (document.Root is { } root && root.Span == place.Span)
            {
                return Follow(root, item.Root, path);
            }
        }

        return null;
    }

    /// <summary>The Secret from whose data a node has its value, so that it must not be shown; null where it is none's.</summary>
    public ObjectId? SecretOf(YamlNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var place = node.Location;
        foreach (var (span, secret) in secrets.Value.GetValueOrDefault(place.Text.Path) ?? [])
        {
            if (span.Contains(place.Span))
            {
                return secret;
            }
        }

        if (node.Derivation is not { } derivation)
        {
            return null;
        }

        foreach (var input in derivation.Inputs)
        {
            if (SecretOf(input) is { } secret)
            {
                return secret;
            }
        }

        return SecretOf(derivation.Replaced);
    }

    /// <summary>What stands in a tree at the path to a node of another one, which it was made from. Null where nothing does.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="otherRoot">The other one.</param>
    /// <param name="path">The path in the other one.</param>
    private static YamlNode? Follow(YamlNode root, YamlNode otherRoot, ImmutableArray<PathStep> path)
    {
        var node = root.Resolved;
        YamlNode? other = otherRoot.Resolved;
        foreach (var step in path)
        {
            YamlNode? next;
            YamlNode? otherNext;
            if (step.Index < 0)
            {
                otherNext = step.Key is { } key ? other?.AsMapping()?[key] : null;
                next = step.Key is { } name ? node.AsMapping()?[name] : null;
            }
            else
            {
                var items = other?.AsSequence()?.Items ?? [];
                otherNext = step.Index < items.Length ? items[step.Index] : null;
                next = node.AsSequence() is { } sequence && otherNext is not null ? Counterpart(sequence, items.Length, otherNext, step.Index) : null;
            }

            if (next is null)
            {
                return null;
            }

            (node, other) = (next.Resolved, otherNext?.Resolved);
        }

        return node;
    }

    // An item keeps its place when something in it changes; one that is written anew is known by its name, else by its number.
    private static YamlNode? Counterpart(YamlSequence sequence, int otherLength, YamlNode item, int index)
    {
        var place = item.Location;
        foreach (var candidate in sequence.Items)
        {
            if (candidate.Location == place)
            {
                return candidate;
            }
        }

        if (item.GetString("name") is { } name)
        {
            foreach (var candidate in sequence.Items)
            {
                if (candidate.GetString("name") == name)
                {
                    return candidate;
                }
            }

            return null;
        }

        return sequence.Items.Length == otherLength ? sequence.Items[index] : null;
    }

    private List<EffectiveNode> ValuesAt(NodePlace place)
    {
        var result = new List<EffectiveNode>();
        if (place.Outer is null && place.Path is [{ Key: "spec" }, { Key: "values" }, ..])
        {
            foreach (var release in ObjectsOf(place.Root).SelectMany(item => model.ReleasesOf(item)))
            {
                if (release.Values is { } values && place.Root.Get("spec", "values") is { } written)
                {
                    result.Add(new EffectiveNode(release.Effective.Cluster, release.Object, place.Path, Follow(values, written, place.Path[2..]), release));
                }
            }

            return result;
        }

        if (place.Path.IsEmpty)
        {
            return result;
        }

        var root = place.Root.Location;
        foreach (var item in ObjectsWith(root.Text.Path))
        {
            foreach (var release in model.ReleasesOf(item))
            {
                if (release.Values is { } values && release.Layers.Any(layer => layer.Kind == ValuesLayerKind.Reference && layer.Values?.Location is { } at && at.Text.Path == root.Text.Path && at.Span == root.Span))
                {
                    result.Add(new EffectiveNode(
                        release.Effective.Cluster, item, [PathStep.To("spec"), PathStep.To("values"), .. place.Path], Follow(values, place.Root, place.Path), release));
                }
            }
        }

        return result;
    }

    private List<EffectiveNode> WrittenAt(Location place)
    {
        var result = new List<EffectiveNode>();
        foreach (var item in ObjectsWith(place.Text.Path))
        {
            foreach (var (node, path) in Below(item.Root))
            {
                if (node is YamlScalar && node.Location is var at && at.Span == place.Span && at.Text.Path == place.Text.Path)
                {
                    result.AddRange(model.ProducersOf(item).Select(producer => new EffectiveNode(producer.Cluster, item, path, node, null)));
                }
            }
        }

        return result;
    }

    private Dictionary<(string, TextSpan), List<KubernetesObject>> FindRoots()
    {
        var roots = new Dictionary<(string, TextSpan), List<KubernetesObject>>();
        foreach (var item in model.Objects)
        {
            var key = (item.Root.Source.Root.Path, item.Root.Location.Span);
            if (!roots.TryGetValue(key, out var list))
            {
                roots.Add(key, list = []);
            }

            list.Add(item);
        }

        return roots;
    }

    private Dictionary<string, List<KubernetesObject>> FindFiles()
    {
        var files = new Dictionary<string, List<KubernetesObject>>(StringComparer.Ordinal);
        foreach (var item in model.Objects)
        {
            var paths = new HashSet<string>(StringComparer.Ordinal);
            Collect(item.Root, paths);
            foreach (var release in model.ReleasesOf(item))
            {
                foreach (var layer in release.Layers)
                {
                    paths.Add(layer.Values?.Source.Root.Path ?? item.Root.Source.Root.Path);
                }
            }

            foreach (var path in paths)
            {
                if (!files.TryGetValue(path, out var list))
                {
                    files.Add(path, list = []);
                }

                list.Add(item);
            }
        }

        return files;

        static void Collect(YamlNode node, HashSet<string> paths)
        {
            paths.Add(node.Source.Root.Path);
            switch (node)
            {
                case YamlMapping mapping:
                    foreach (var entry in mapping.Entries)
                    {
                        Collect(entry.Value, paths);
                    }

                    break;
                case YamlSequence sequence:
                    foreach (var child in sequence.Items)
                    {
                        Collect(child, paths);
                    }

                    break;
            }
        }
    }

    private Dictionary<string, List<(TextSpan, ObjectId)>> FindSecrets()
    {
        var places = new Dictionary<string, List<(TextSpan, ObjectId)>>(StringComparer.Ordinal);

        // As written, too: what a patch replaces is no less secret.
        foreach (var item in model.Objects.Concat(model.Workspace.SelectedFiles.SelectMany(file => file.Objects())))
        {
            if (!item.Is("", "Secret"))
            {
                continue;
            }

            foreach (var field in (ReadOnlySpan<string>)["data", "stringData"])
            {
                foreach (var entry in item.Root[field]?.AsMapping()?.EffectiveEntries() ?? [])
                {
                    var place = entry.Value.Location;
                    if (!places.TryGetValue(place.Text.Path, out var list))
                    {
                        places.Add(place.Text.Path, list = []);
                    }

                    list.Add((place.Span, item.Id));
                }
            }
        }

        return places;
    }

    private static bool IsWithin(YamlNode node, Location place) => node.Source.Root.Path == place.Text.Path && place.Span.Contains(node.Location.Span);

    /// <summary>A node and all below it, each with the path from the first; aliases are not followed.</summary>
    public static IEnumerable<(YamlNode Node, ImmutableArray<PathStep> Path)> Below(YamlNode node) => Below(node, []);

    private static IEnumerable<(YamlNode Node, ImmutableArray<PathStep> Path)> Below(YamlNode node, ImmutableArray<PathStep> path)
    {
        yield return (node, path);
        if (node is YamlMapping mapping)
        {
            foreach (var entry in mapping.Entries)
            {
                foreach (var found in Below(entry.Value, path.Add(PathStep.To(entry.Name))))
                {
                    yield return found;
                }
            }
        }
        else if (node is YamlSequence sequence)
        {
            for (var i = 0; i < sequence.Items.Length; i++)
            {
                foreach (var found in Below(sequence.Items[i], path.Add(PathStep.To(i))))
                {
                    yield return found;
                }
            }
        }
    }
}
