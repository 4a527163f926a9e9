using System.Collections.Immutable;

namespace KubeLint.Flux;

/// <summary>Builds what the clusters of a repository get.</summary>
public static class RepositoryModelBuilder
{
    /// <summary>Finds the entry points, builds every cluster, and tells which files none of them reaches.</summary>
    /// <param name="workspace">The files.</param>
    /// <param name="options">What the user says; the defaults where null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RepositoryModel Build(Workspace workspace, FluxOptions? options = null, CancellationToken cancellationToken = default)
    {
        var memory = new BuildMemory(workspace.WholeRepository(cancellationToken), null, ImmutableHashSet<string>.Empty, cancellationToken);
        return Build(workspace, options ?? new FluxOptions(), memory, cancellationToken);
    }

    /// <summary>The same with what is known from the time before.</summary>
    internal static RepositoryModel Build(Workspace workspace, FluxOptions options, BuildMemory memory, CancellationToken cancellationToken)
    {
        var whole = memory.Whole;
        var reach = new KustomizationReach(workspace.Files);
        var entries = EntryPointFinder.Find(whole, reach, options, cancellationToken);
        var remotes = GitAddress.RemotesOf(workspace.Files.Source, workspace.RepositoryRoot);
        var clusters = new FluxCluster[entries.Length];
        Parallel.For(0, entries.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            clusters[i] = new ClusterBuilder(entries[i], options, workspace.Files, memory, remotes, cancellationToken).Build());

        var effective = clusters.SelectMany(cluster => cluster.Objects()).ToImmutableArray();
        var producers = Group(effective, item => item.Object);
        var unreached = UnreachedFileFinder.Find(workspace, whole, clusters, reach, out var reached);
        foreach (var cluster in clusters)
        {
            cluster.Neighbours = [.. clusters];
            cluster.Unreached = unreached;
        }

        return new RepositoryModel
        {
            Workspace = workspace,
            Clusters = [.. clusters],
            EffectiveObjects = effective,
            // Rules look at each object once, however many clusters share it.
            Objects =
            [
                .. effective.Select(item => item.Object).Concat(EntryPointObjects(workspace, clusters, effective)).Distinct(),
                .. unreached.SelectMany(file => file.Objects),
            ],
            UnreachedFiles = unreached,
            ReachedFiles = reached,
            Producers = producers,
            Releases = Group(clusters.SelectMany(cluster => cluster.Releases), release => release.Object),
        };
    }

    // A person applies the files in which clusters begin: no Kustomization makes what stands in them.
    private static IEnumerable<KubernetesObject> EntryPointObjects(Workspace workspace, FluxCluster[] clusters, ImmutableArray<EffectiveObject> effective)
    {
        var points = clusters.SelectMany(cluster => cluster.Entry.EntryPoints).Where(point => point.Kustomization.Root.Derivation is null && !point.IsPart).ToList();
        if (points.Count == 0)
        {
            return [];
        }

        var made = effective.Select(item => item.Object.Root.Source.Root.Path).ToHashSet(StringComparer.Ordinal);
        var own = points.Where(point => !made.Contains(point.At.Source.Root.Path)).ToLookup(point => point.At.Source.Root.Path);
        return workspace.SelectedFiles.Where(file => own.Contains(file.DisplayPath))
            .SelectMany(file => file.Objects().Select(item => own[file.DisplayPath].FirstOrDefault(point => ReferenceEquals(point.Kustomization.Root, item.Root))?.Kustomization ?? item));
    }

    private static Dictionary<KubernetesObject, ImmutableArray<T>> Group<T>(IEnumerable<T> items, Func<T, KubernetesObject> keyOf) =>
        items.GroupBy(keyOf).ToDictionary(group => group.Key, group => group.ToImmutableArray());
}
