using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>A field in which objects of a kind name other objects.</summary>
public sealed record ReferenceField
{
    internal ReferenceField(string path, string? group, params ReadOnlySpan<string> kinds)
    {
        Path = path;
        Group = group;
        Kinds = [.. kinds];
        Steps = [.. path.Replace("[]", ".[]", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>The path of the mapping that holds the name: <c>spec.dependsOn[]</c>; empty for the object itself.</summary>
    public string Path { get; }

    /// <summary>The path's keys; <c>[]</c> stands for each item of a list.</summary>
    public ImmutableArray<string> Steps { get; }

    /// <summary>The key of the name.</summary>
    public string NameKey { get; init; } = "name";

    /// <summary>The API group of what is named; null where <c>apiVersion</c> or the kind tells it.</summary>
    public string? Group { get; }

    /// <summary>The kinds that may be named: one that is not written, else those of <c>kind</c>; empty for any.</summary>
    public ImmutableArray<string> Kinds { get; }

    /// <summary>Whether what is named may be in another namespace, which <c>namespace</c> tells.</summary>
    public bool HasNamespace { get; init; }

    /// <summary>The references that an object has in this field; what is not known is left out.</summary>
    /// <param name="item">The object.</param>
    public IEnumerable<ObjectReference> Read(KubernetesObject item)
    {
        foreach (var node in Nodes(item.Root, 0))
        {
            if (ReadAt(node, item.Namespace ?? "default") is { } reference)
            {
                yield return reference;
            }
        }
    }

    /// <summary>The mappings at the path.</summary>
    /// <param name="item">The object.</param>
    public IEnumerable<YamlMapping> Mappings(KubernetesObject item) => Nodes(item.Root, 0);

    private ObjectReference? ReadAt(YamlMapping mapping, string owner)
    {
        var kind = Kinds.Length == 1 ? Kinds[0] : mapping.GetString("kind");
        if (kind is null || (Group ?? GroupOf(mapping, kind)) is not { } group
            || ObjectReference.Read(mapping, group, kind, owner, NameKey) is not { Id.Name: not "*" } reference)
        {
            return null;
        }

        return HasNamespace ? reference : reference with { Id = reference.Id with { Namespace = owner } };
    }

    private static string? GroupOf(YamlMapping mapping, string kind) =>
        mapping.GetString("apiVersion") is not { } version ? FluxGroups.OfKind(kind)
        : version.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? version[..slash]
        : "";

    private IEnumerable<YamlMapping> Nodes(YamlNode? node, int step)
    {
        if (step == Steps.Length)
        {
            return node?.AsMapping() is { } mapping ? [mapping] : [];
        }

        return Steps[step] == "[]"
            ? NodesOfEach(node?.AsSequence()?.Items ?? [], step + 1)
            : Nodes(node?.AsMapping()?[Steps[step]], step + 1);
    }

    private IEnumerable<YamlMapping> NodesOfEach(ImmutableArray<YamlNode> items, int step) => items.IsEmpty ? [] : items.SelectMany(item => Nodes(item, step));
}
