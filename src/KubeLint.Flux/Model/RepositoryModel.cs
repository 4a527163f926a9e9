using System.Collections.Immutable;

namespace KubeLint.Flux;

/// <summary>
/// What a repository holds and what its clusters get from it. Immutable; what no rule asks for is not built and empty.
/// </summary>
public sealed record RepositoryModel
{
    /// <summary>The files to lint and the repository around them.</summary>
    public required Workspace Workspace { get; init; }

    /// <summary>The objects as the clusters get them; one that several clusters get alike is there once.</summary>
    public ImmutableArray<KubernetesObject> Objects { get; init; } = [];

    /// <summary>The clusters, in ordinal order of their names.</summary>
    public ImmutableArray<FluxCluster> Clusters { get; init; } = [];

    /// <summary>The objects once for each cluster and Flux Kustomization that applies them, clusters and parents first.</summary>
    public ImmutableArray<EffectiveObject> EffectiveObjects { get; init; } = [];

    /// <summary>The files with objects that no entry point reaches, in the order of the workspace.</summary>
    public ImmutableArray<UnreachedFile> UnreachedFiles { get; init; } = [];

    /// <summary>The model in which nothing is built: each object is as it is written.</summary>
    /// <param name="workspace">The files.</param>
    public static RepositoryModel AsWritten(Workspace workspace) => new()
    {
        Workspace = workspace,
        Objects = [.. workspace.SelectedFiles.SelectMany(file => file.Objects())],
    };
}
