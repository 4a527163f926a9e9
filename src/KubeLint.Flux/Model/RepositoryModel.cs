using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// What a repository holds and what its clusters get from it. Immutable; what no rule asks for is not built and empty.
/// </summary>
public sealed record RepositoryModel
{
    /// <summary>The YAML files that were read, ordered by path (ordinal).</summary>
    public required ImmutableArray<YamlFile> Files { get; init; }

    /// <summary>The objects as the clusters get them; an object that two clusters get alike is there once for each.</summary>
    public ImmutableArray<KubernetesObject> Objects { get; init; } = [];
}
