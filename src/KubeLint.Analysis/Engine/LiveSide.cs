using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Flux.Live;

namespace KubeLint.Analysis;

/// <summary>A running cluster and the repository's side of it, made once a run.</summary>
internal sealed class LiveSide
{
    private const int MostOwners = 8;
    private readonly Dictionary<ObjectId, KubernetesObject> byId = [];
    private readonly Lazy<Dictionary<KubernetesObject, ImmutableArray<LivePod>>> pods;

    public LiveSide(LiveCluster live, RepositoryModel model)
    {
        Live = live;
        Cluster = model.Clusters.FirstOrDefault(cluster => cluster.Name == live.RepositoryCluster);
        Objects = Cluster is not null
            ? [.. Cluster.Objects().Select(item => item.Object).Concat(Cluster.Kustomizations.Select(item => item.Object)).Distinct()]
            : model.Clusters.IsEmpty ? model.Objects : [];
        foreach (var item in Objects)
        {
            byId.TryAdd(item.Id with { Namespace = item.Namespace ?? "default" }, item);
        }

        pods = new Lazy<Dictionary<KubernetesObject, ImmutableArray<LivePod>>>(FindPods);
    }

    public LiveCluster Live { get; }

    public FluxCluster? Cluster { get; }

    public ImmutableArray<KubernetesObject> Objects { get; }

    public ImmutableArray<LivePod> PodsOf(KubernetesObject item) => pods.Value.GetValueOrDefault(item, []);

    private Dictionary<KubernetesObject, ImmutableArray<LivePod>> FindPods()
    {
        var result = new Dictionary<KubernetesObject, ImmutableArray<LivePod>.Builder>();
        var releases = Live.OfKind(FluxGroups.Helm, "HelmRelease").ToLookup(
            release => (release.Root.Text("spec", "targetNamespace") ?? release.Namespace, release.Root.Text("spec", "releaseName")
                ?? (release.Root.Text("spec", "targetNamespace") is { } target ? $"{target}-{release.Name}" : release.Name)));
        foreach (var pod in Live.OfKind("", "Pod"))
        {
            // What has ended is history.
            if (pod.Root.Text("status", "phase") is "Succeeded" or "Failed" || pod.Root.Text("metadata", "deletionTimestamp") is not null)
            {
                continue;
            }

            if (OwnerOf(pod, releases) is var (item, workload) && item is not null)
            {
                if (!result.TryGetValue(item, out var list))
                {
                    result.Add(item, list = ImmutableArray.CreateBuilder<LivePod>());
                }

                list.Add(new LivePod(pod, workload));
            }
        }

        return result.ToDictionary(pair => pair.Key, pair => pair.Value.ToImmutable());
    }

    // Up the owners until the repository has one, or Helm's and Flux's marks say whose it is.
    private (KubernetesObject? Item, string Workload) OwnerOf(LiveObject pod, ILookup<(string?, string), LiveObject> releases)
    {
        var item = pod;
        var workload = pod.ToString();
        KubernetesObject? made = null;
        for (var i = 0; i < MostOwners && item is not null; i++)
        {
            workload = item.ToString();
            if (byId.TryGetValue(item.Id, out var own))
            {
                made = own;
            }
            else if (ReleaseOf(item, releases) is { } release)
            {
                return (release, workload);
            }

            if (item.Controller is not { } owner)
            {
                break;
            }

            var id = new ObjectId(owner.Group, owner.Kind, pod.Namespace, owner.Name);
            item = Live.Find(id).Object;
            if (item is null && byId.TryGetValue(id, out var custom))
            {
                // A custom resource whose controller makes pods: its kind need not be read.
                return (custom, $"{owner.Kind} {pod.Namespace}/{owner.Name}");
            }
        }

        return (made, workload);
    }

    private KubernetesObject? ReleaseOf(LiveObject item, ILookup<(string?, string), LiveObject> releases)
    {
        if (item.AppliedBy(FluxGroups.Helm) is var (name, home))
        {
            return byId.GetValueOrDefault(new ObjectId(FluxGroups.Helm, "HelmRelease", home, name));
        }

        if (item.Annotation("meta.helm.sh/release-name") is { } release)
        {
            foreach (var candidate in releases[(item.Annotation("meta.helm.sh/release-namespace"), release)])
            {
                if (byId.TryGetValue(candidate.Id, out var found))
                {
                    return found;
                }
            }
        }

        return null;
    }
}
