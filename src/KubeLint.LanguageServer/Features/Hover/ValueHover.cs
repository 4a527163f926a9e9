using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.LanguageServer.Navigation;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.Hover;

/// <summary>Tells what the clusters get of what is written at a place, and where it comes from.</summary>
internal static class ValueHover
{
    private const int MaxLines = 8;

    /// <summary>A text, or none.</summary>
    public static IEnumerable<string> At(DocumentView view, EffectiveText text, NodePlace place)
    {
        var effective = view.Snapshot.Effective;
        if (effective.SecretOf(place.Value) is not null)
        {
            // The data of a Secret: nothing of it is repeated.
            return [];
        }

        var isPatch = IsPatch(view, place);
        if (isPatch && Patched(place) is { } patched)
        {
            return OfPatch(view, text, patched, effective.At(patched));
        }

        if (PatchNamed(view, place) is { } roots)
        {
            return OfWholePatch(roots.SelectMany(effective.ObjectsChangedBy));
        }

        if (isPatch)
        {
            return OfWholePatch(effective.ObjectsChangedBy(place.Root));
        }

        var found = effective.At(place);
        return place.Value.Resolved is YamlScalar ? OfScalar(view, text, place, found) : OfCollection(text, place, found);
    }

    private static IEnumerable<string> OfScalar(DocumentView view, EffectiveText text, NodePlace place, IReadOnlyList<EffectiveNode> found)
    {
        // Every patch names its object, which changes nothing of that.
        if (found.Count == 0 || (IsIdentity(place.Path) && found.All(one => YamlContent.Same(one.Node, place.Value))))
        {
            yield break;
        }

        var path = place.DisplayPath;
        var byText = found.GroupBy(one => one.Node is null ? "no such field" : $"{text.Value(one.Node)}, {text.Origin(one, place.Value)}").ToList();
        if (byText is [var only])
        {
            var one = only.First();
            var written = one.Node is null || (!YamlContent.Same(one.Node, place.Value) && one.Node.Location != place.Value.Location) || one.Node.Derivation is not null
                ? $", written {text.Value(place.Value)}" : "";
            yield return $"`{path}`{written}: {Clusters(view, only)} {(found.Select(node => node.Cluster).Distinct().Count() == 1 ? "gets" : "get")} {only.Key}";
            yield break;
        }

        yield return $"`{path}`, written {text.Value(place.Value)}:\n\n" + string.Join('\n', byText.Select(group => $"- {Clusters(view, group)}: {group.Key}"));
    }

    private static IEnumerable<string> OfCollection(EffectiveText text, NodePlace place, IReadOnlyList<EffectiveNode> found)
    {
        var whole = place.Value.Location;
        var lines = new List<string>();
        foreach (var one in found.DistinctBy(node => (node.Object, node.Release?.Values)))
        {
            foreach (var (node, path) in one.Node is null ? [] : EffectiveNodes.Below(one.Node))
            {
                if (node is YamlScalar && (node.Derivation is not null || node.Location.Text.Path != whole.Text.Path || !whole.Span.Contains(node.Location.Span)))
                {
                    lines.Add($"- `{NodePlace.Show(path)}`: {text.Value(node)}, {text.Origin(one with { Node = node, Path = one.Path.AddRange(path) }, null)}");
                }
            }
        }

        lines = [.. lines.Distinct()];
        if (lines.Count > 0)
        {
            yield return $"`{place.DisplayPath}`: clusters get below it what is not written here:\n\n{Limited(lines)}";
        }
    }

    private static IEnumerable<string> OfPatch(DocumentView view, EffectiveText text, NodePlace place, IReadOnlyList<EffectiveNode> found)
    {
        var lines = new List<string>();
        foreach (var one in found.DistinctBy(node => node.Object.Id))
        {
            var before = view.Snapshot.Effective.Written(one.Object, one.Path);
            var was = before is null ? "which it did not have" : $"which was {text.Value(before)} ({text.Link(before.Location)})";
            lines.Add($"- {one.Object.Id}: `{NodePlace.Show(one.Path)}`, {was}");
        }

        if (lines.Count > 0)
        {
            yield return $"This patch sets {text.Value(place.Value)} in:\n\n{Limited(lines)}";
        }
    }

    private static IEnumerable<string> OfWholePatch(IEnumerable<KubernetesObject> objects)
    {
        var names = objects.Select(item => $"- {item.Id}").Distinct().ToList();
        if (names.Count > 0)
        {
            yield return $"This patch changes {(names.Count == 1 ? "one object" : $"{names.Count} objects")}:\n\n{Limited(names)}";
        }
    }

    private static bool IsPatch(DocumentView view, NodePlace place) =>
        place.Outer is not null ? place.Outer.Path is [.., { Key: "patch" }]
        : view.Snapshot.Effective.ObjectsOf(place.Root).Count == 0 && !FileClassification.IsKustomizationName(view.File.Path)
            && view.Snapshot.Model.ReachedFiles.Contains(view.File.DisplayPath) && (KubernetesObject.From(place.Root) is not null || place.Root is YamlSequence);

    // What a patch sets at a place: the scalar there; at the path of an operation its value. Null where the place stands for the whole patch.
    private static NodePlace? Patched(NodePlace place)
    {
        if (place.Root is YamlSequence && place.Parents is [_, YamlMapping operation, ..] && place.Path is [_, { Key: "path" or "op" }])
        {
            return operation["value"] is YamlScalar value ? place with { Node = value, IsKey = false } : null;
        }

        return place.Value.Resolved is YamlScalar && !IsIdentity(place.Path) ? place : null;
    }

    private static bool IsIdentity(ImmutableArray<PathStep> path) =>
        path is [{ Key: "apiVersion" or "kind" }] or [{ Key: "metadata" }, { Key: "name" or "namespace" }];

    // The patch that an entry of `patches` holds or names, where the place is at that.
    private static IEnumerable<YamlNode>? PatchNamed(DocumentView view, NodePlace place)
    {
        if (place.Outer is not null || place.Path is not [.., { Key: "patches" }, { Index: >= 0 }, { Key: "patch" or "path" }] || place.Value.AsScalar() is not { } scalar)
        {
            return null;
        }

        if (place.Path[^1].Key == "patch")
        {
            return YamlParser.Parse(scalar.EmbeddedText()).Documents.Select(document => document.Root).OfType<YamlNode>();
        }

        var directory = view.File.Path[..view.File.Path.LastIndexOf('/')];
        return view.Snapshot.Find(YamlFileCache.Normalize($"{directory}/{scalar.Value}"))?.Yaml.Documents.Select(document => document.Root).OfType<YamlNode>();
    }

    private static string Clusters(DocumentView view, IEnumerable<EffectiveNode> nodes)
    {
        var names = nodes.Select(node => node.Cluster).Distinct().ToImmutableArray();
        var all = view.Snapshot.Model.Clusters.Length;
        return names.Length < all ? $"cluster{(names.Length == 1 ? "" : "s")} {string.Join(", ", names)}"
            : all == 1 ? "the cluster"
            : $"all {all} clusters";
    }

    private static string Limited(List<string> lines) =>
        string.Join('\n', lines.Take(MaxLines)) + (lines.Count > MaxLines ? $"\n- and {lines.Count - MaxLines} more" : "");
}
