using System.Collections.Immutable;

using KubeLint.Flux.Images;

namespace KubeLint.Flux;

/// <summary>
/// What a repository holds and what its clusters get from it. Immutable; what no rule asks for is not built and empty.
/// </summary>
public sealed record RepositoryModel
{
    /// <summary>The files to lint and the repository around them.</summary>
    public required Workspace Workspace { get; init; }

    /// <summary>
    /// The objects as the clusters get them, one that several clusters get alike once, those of the files in which clusters begin among them; then
    /// those of <see cref="UnreachedFiles"/> as they are written.
    /// </summary>
    public ImmutableArray<KubernetesObject> Objects { get; init; } = [];

    /// <summary>The clusters, in ordinal order of their names.</summary>
    public ImmutableArray<FluxCluster> Clusters { get; init; } = [];

    /// <summary>The objects once for each cluster and Flux Kustomization that applies them, clusters and parents first.</summary>
    public ImmutableArray<EffectiveObject> EffectiveObjects { get; init; } = [];

    /// <summary>The files with objects that no entry point reaches, in the order of the workspace.</summary>
    public ImmutableArray<UnreachedFile> UnreachedFiles { get; init; } = [];

    /// <summary>The files that entry points and builds read, by their shown paths: resources, kustomizations, patches, what generators name.</summary>
    public IReadOnlySet<string> ReachedFiles { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>
    /// Whether no cluster is known to get the object: what is found in it holds only if it is applied. An entry point, which no
    /// Kustomization makes, is in its cluster all the same.
    /// </summary>
    public bool IsOnlyIfApplied(KubernetesObject item) =>
        !Clusters.IsEmpty && !Producers.ContainsKey(item) && !IsInEntryPointFile(item)
        && !Clusters.Any(cluster => cluster.IsKustomization(item));

    /// <summary>Whether the object stands in a file in which a cluster begins: a person applies it.</summary>
    public bool IsInEntryPointFile(KubernetesObject item)
    {
        var path = item.Root.Source.Root.Path;
        return Clusters.Any(cluster => cluster.BeginsIn(path));
    }

    /// <summary>The clusters that get the object, each with the Flux Kustomization that applies it; empty where none is known.</summary>
    public ImmutableArray<EffectiveObject> ProducersOf(KubernetesObject item) => Producers.GetValueOrDefault(item, []);

    /// <summary>
    /// The images that an object names. Those of a HelmRelease are its values' after <c>valuesFrom</c> is merged in, for each of its
    /// clusters where these differ.
    /// </summary>
    public ImmutableArray<ContainerImage> ImagesOf(KubernetesObject item)
    {
        if (!Releases.TryGetValue(item, out var releases))
        {
            return ContainerImages.Of(item);
        }

        var result = releases[0].Images;
        for (var i = 1; i < releases.Length; i++)
        {
            if (!ReferenceEquals(releases[i].Values, releases[0].Values))
            {
                result = result.AddRange(releases[i].Images);
            }
        }

        return result;
    }

    /// <summary>The release that a HelmRelease is, in each of its clusters; empty for other objects and where nothing is built.</summary>
    public ImmutableArray<FluxHelmRelease> ReleasesOf(KubernetesObject item) => Releases.GetValueOrDefault(item, []);

    internal IReadOnlyDictionary<KubernetesObject, ImmutableArray<EffectiveObject>> Producers { get; init; } =
        ImmutableDictionary<KubernetesObject, ImmutableArray<EffectiveObject>>.Empty;

    internal IReadOnlyDictionary<KubernetesObject, ImmutableArray<FluxHelmRelease>> Releases { get; init; } =
        ImmutableDictionary<KubernetesObject, ImmutableArray<FluxHelmRelease>>.Empty;

    /// <summary>The model in which nothing is built: each object is as it is written.</summary>
    /// <param name="workspace">The files.</param>
    public static RepositoryModel AsWritten(Workspace workspace) => new()
    {
        Workspace = workspace,
        Objects = [.. workspace.SelectedFiles.SelectMany(file => file.Objects())],
    };
}
