using System.Collections.Concurrent;
using System.Collections.Immutable;

using KubeLint.Yaml;

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
        options ??= new FluxOptions();
        var reach = new KustomizationReach(workspace.Files);
        var entries = EntryPointFinder.Find(workspace, reach, options, cancellationToken);
        var builds = new BuildCache(workspace.Files, cancellationToken);
        var objects = new ConcurrentDictionary<YamlMapping, KubernetesObject?>(ReferenceEqualityComparer.Instance);
        var remotes = GitAddress.RemotesOf(workspace.Files.Source, workspace.RepositoryRoot);
        var clusters = new FluxCluster[entries.Length];
        Parallel.For(0, entries.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            clusters[i] = new ClusterBuilder(entries[i], options, workspace.Files, builds, objects, remotes, cancellationToken).Build());

        var effective = ImmutableArray.CreateBuilder<EffectiveObject>();
        foreach (var cluster in clusters)
        {
            effective.AddRange(cluster.Objects());
        }

        return new RepositoryModel
        {
            Workspace = workspace,
            Clusters = [.. clusters],
            EffectiveObjects = effective.ToImmutable(),
            Objects = Distinct(effective),
            UnreachedFiles = UnreachedFileFinder.Find(workspace, clusters, reach),
        };
    }

    // Rules look at each object once, however many clusters share it.
    private static ImmutableArray<KubernetesObject> Distinct(IEnumerable<EffectiveObject> objects)
    {
        var seen = new HashSet<KubernetesObject>(ReferenceEqualityComparer.Instance);
        var result = ImmutableArray.CreateBuilder<KubernetesObject>();
        foreach (var item in objects)
        {
            if (seen.Add(item.Object))
            {
                result.Add(item.Object);
            }
        }

        return result.ToImmutable();
    }
}
