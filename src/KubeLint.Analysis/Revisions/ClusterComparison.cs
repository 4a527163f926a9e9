using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>An object that was there at the revision and is there now.</summary>
public sealed class ObjectChange
{
    private readonly Lazy<bool> isChanged;

    internal ObjectChange(KubernetesObject before, KubernetesObject now, FluxKustomization? producer)
    {
        Before = before;
        Now = now;
        Producer = producer;
        isChanged = new Lazy<bool>(() => !YamlContent.Same(before.Root, now.Root));
    }

    /// <summary>The object as it was.</summary>
    public KubernetesObject Before { get; }

    /// <summary>The object as it is.</summary>
    public KubernetesObject Now { get; }

    /// <summary>The Flux Kustomization that applies it now; null where no entry point reaches its file.</summary>
    public FluxKustomization? Producer { get; }

    /// <summary>Whether it holds something else now.</summary>
    public bool IsChanged => isChanged.Value;
}

/// <summary>What a cluster gets now, held against what it got at a revision.</summary>
public sealed class ClusterComparison
{
    private ClusterComparison(FluxCluster? before, FluxCluster? now, ImmutableArray<ObjectChange> objects, ImmutableArray<EffectiveObject> removed)
    {
        Before = before;
        Now = now;
        Objects = objects;
        Removed = removed;
    }

    /// <summary>The cluster as it was; null for the files that no entry point reaches.</summary>
    public FluxCluster? Before { get; }

    /// <summary>The cluster as it is; null for the files that no entry point reaches.</summary>
    public FluxCluster? Now { get; }

    /// <summary>The objects that are in both, in the order of the cluster as it is.</summary>
    public ImmutableArray<ObjectChange> Objects { get; }

    /// <summary>The objects that the cluster does not get any more, as it got them.</summary>
    public ImmutableArray<EffectiveObject> Removed { get; }

    /// <summary>One comparison for each cluster that is in both models, and one for the files that no entry point reaches.</summary>
    internal static ImmutableArray<ClusterComparison> Of(RepositoryModel before, RepositoryModel now)
    {
        var result = ImmutableArray.CreateBuilder<ClusterComparison>();
        foreach (var cluster in now.Clusters)
        {
            if (before.Clusters.FirstOrDefault(other => other.Name == cluster.Name) is { } counterpart)
            {
                result.Add(Of(counterpart, cluster));
            }
        }

        result.Add(OfUnreached(before, now));
        return result.ToImmutable();
    }

    private static ClusterComparison Of(FluxCluster before, FluxCluster now)
    {
        // Of an identity that several Kustomizations apply, the first counts.
        var old = new Dictionary<ObjectId, EffectiveObject>();
        foreach (var item in before.Objects())
        {
            old.TryAdd(item.Id, item);
        }

        var seen = new HashSet<ObjectId>();
        var objects = ImmutableArray.CreateBuilder<ObjectChange>();
        foreach (var item in now.Objects())
        {
            if (seen.Add(item.Id) && item.Id.Name.Length > 0 && old.TryGetValue(item.Id, out var counterpart))
            {
                objects.Add(new ObjectChange(counterpart.Object, item.Object, item.Producer));
            }
        }

        return new ClusterComparison(before, now, objects.ToImmutable(), [.. old.Values.Where(item => !seen.Contains(item.Id))]);
    }

    private static ClusterComparison OfUnreached(RepositoryModel before, RepositoryModel now)
    {
        var old = new Dictionary<(string, ObjectId), KubernetesObject>();
        foreach (var item in before.UnreachedFiles.SelectMany(file => file.Objects))
        {
            old.TryAdd((item.Root.Location.Text.Path, item.Id), item);
        }

        var objects = now.UnreachedFiles.SelectMany(file => file.Objects)
            .Where(item => item.Id.Name.Length > 0)
            .Select(item => old.TryGetValue((item.Root.Location.Text.Path, item.Id), out var counterpart) ? new ObjectChange(counterpart, item, null) : null)
            .OfType<ObjectChange>();
        return new ClusterComparison(null, null, [.. objects], []);
    }
}
