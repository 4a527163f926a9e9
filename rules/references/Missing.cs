using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>What to write instead of a name that names nothing.</summary>
internal static class Missing
{
    /// <summary>The namespaces in which an object of the kind and name is, in order.</summary>
    public static ImmutableArray<string> NamespacesOf(FluxCluster cluster, ObjectId id) =>
    [
        .. cluster.Knowledge.Named(id.Group, id.Kind, id.Name)
            .Select(item => item.Object.Namespace ?? "default").Where(ns => ns != id.Namespace).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The name of that kind in that namespace that is nearest; null where none is near.</summary>
    public static string? Nearest(FluxCluster cluster, ObjectId id) => cluster.Knowledge.Nearest(id.Group, id.Kind, id.Namespace, id.Name);

    /// <summary>What to write, for a finding at a reference.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="otherwise">What to do where nothing is near.</param>
    public static (string Help, ImmutableArray<Fix> Fixes) Advice(FluxCluster cluster, ObjectReference reference, string otherwise)
    {
        var elsewhere = NamespacesOf(cluster, reference.Id);
        if (elsewhere is [var ns])
        {
            return reference.HasNamespace
                ? ($"It is in namespace {ns}: write `namespace: {ns}`", reference.Mapping["namespace"] is { } node ? YamlEdits.Replace($"Write namespace {ns}", FixSafety.Suggestion, node, ns) : [])
                : ($"It is in namespace {ns}: write `namespace: {ns}` beside the name", YamlEdits.Add($"Add namespace {ns}", FixSafety.Suggestion, reference.Mapping, "name", "namespace", ns));
        }

        if (elsewhere.Length > 1)
        {
            return ($"There is one in each of the namespaces {string.Join(", ", elsewhere)}: write which is meant", []);
        }

        return Nearest(cluster, reference.Id) is { } near
            ? ($"Write `{near}` if that is meant", YamlEdits.Replace($"Write {near}", FixSafety.Suggestion, reference.At, near))
            : (otherwise, []);
    }
}
