using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>Which objects a custom rule is for: each condition that is given must hold.</summary>
/// <param name="Kinds">Kinds, perhaps with their group: <c>Deployment</c>, <c>Deployment.apps</c>.</param>
/// <param name="ApiVersions">Globs over <c>apiVersion</c>.</param>
/// <param name="Namespaces">Globs over the namespace.</param>
/// <param name="Labels">Labels that the object has, with globs over their values.</param>
/// <param name="Paths">Where the object is written; null for anywhere.</param>
internal sealed record ObjectFilter(
    ImmutableArray<string> Kinds,
    ImmutableArray<GlobPattern> ApiVersions,
    ImmutableArray<GlobPattern> Namespaces,
    ImmutableSortedDictionary<string, string> Labels,
    PathOverride? Paths)
{
    /// <summary>Whether nothing is asked for.</summary>
    public bool IsEmpty => Kinds.IsEmpty && ApiVersions.IsEmpty && Namespaces.IsEmpty && Labels.IsEmpty && Paths is null;

    /// <summary>Whether the object is meant.</summary>
    /// <param name="item">The object.</param>
    /// <param name="baseDirectory">The absolute directory to which shown paths are relative.</param>
    public bool Matches(KubernetesObject item, string baseDirectory) =>
        (Kinds.IsEmpty || Kinds.Any(kind => kind == item.Kind || kind == "*" || (kind.StartsWith(item.Kind, StringComparison.Ordinal) && kind == $"{item.Kind}.{item.Group}")))
        && (ApiVersions.IsEmpty || ApiVersions.Any(glob => glob.IsMatch(item.ApiVersion)))
        && (Namespaces.IsEmpty || (item.Namespace is { } ns && Namespaces.Any(glob => glob.IsMatch(ns))))
        && Labels.All(label => item.Label(label.Key) is { } value && new GlobPattern(label.Value).IsMatch(value))
        && (Paths is null || Paths.Matches(YamlFileCache.Normalize(Path.Combine(baseDirectory, item.Root.Source.Root.Path))));
}
