using System.Collections.Immutable;
using KubeLint.Cluster.Api;
using KubeLint.Cluster.Snapshots;
using KubeLint.Flux;
using KubeLint.Registry;

namespace KubeLint.Cluster.Live;

/// <summary>Reads what the live rules compare the repository with. Reads only; what may not be read is told, and never counts as absent.</summary>
public sealed class LiveCollector
{
    private const int AtOnce = 8;

    private static readonly ImmutableArray<ResourceType> kinds =
    [
        ResourceType.HelmRelease, .. ResourceType.Sources.Values, ResourceType.Deployment, ResourceType.ReplicaSet, ResourceType.StatefulSet, ResourceType.DaemonSet,
        ResourceType.CronJob, ResourceType.Job, ResourceType.Pod, ResourceType.ServiceAccount,
    ];

    private readonly IClusterReader reader;
    private readonly SecretScrubber scrubber;
    private readonly SecretReader secrets;
    private readonly List<LiveObject> objects = [];
    private readonly List<LiveScope> scopes = [];
    private readonly List<LiveGap> gaps = [];

    /// <summary>Over a cluster.</summary>
    /// <param name="reader">Reads.</param>
    /// <param name="scrubber">Learns the values of the Secrets that are read, so that no message can have them.</param>
    public LiveCollector(IClusterReader reader, SecretScrubber scrubber)
    {
        this.reader = reader;
        this.scrubber = scrubber;
        secrets = new SecretReader(reader, scrubber);
    }

    /// <summary>Where the branch stands: from the branch that the cluster syncs and the commits that it applied; null for not known.</summary>
    public Func<string?, ImmutableArray<string>, CancellationToken, Task<LiveHead?>>? History { get; init; }

    /// <summary>Reads the cluster.</summary>
    /// <param name="model">The repository.</param>
    /// <param name="namespaces">The namespaces to look at; empty for all.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ClusterException">The server cannot be reached, or which of the repository's clusters it is cannot be told.</exception>
    public async Task<LiveCluster> CollectAsync(RepositoryModel model, ImmutableArray<string> namespaces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);

        // Which cluster it is shows in the Kustomizations, whatever namespaces the run is about.
        var homes = model.Objects.Select(item => item.Namespace ?? "default").Distinct().ToImmutableArray();
        await ListAsync(ResourceType.Kustomization, [], homes, cancellationToken).ConfigureAwait(false);
        var cluster = LiveMatch.Find(model, objects);
        if (cluster is null && model.Clusters.Length > 1)
        {
            throw new ClusterException($"The repository describes several clusters ({string.Join(", ", model.Clusters.Select(item => item.Name))}), and which of them {reader.Name} is cannot be told: say it with --entry");
        }

        var expected = cluster is null ? model.Objects : [.. cluster.Objects().Select(item => item.Object).Concat(cluster.Kustomizations.Select(item => item.Object)).Distinct()];
        Restrict(namespaces);
        homes = [.. expected.Select(item => item.Namespace ?? "default").Distinct()];
        foreach (var type in kinds)
        {
            await ListAsync(type, namespaces, homes, cancellationToken).ConfigureAwait(false);
        }

        // Nodes tell whether two digests are two platforms of one image; nothing else hangs on them.
        objects.AddRange((await reader.ListAsync(ResourceType.Node, null, null, metadataOnly: false, cancellationToken).ConfigureAwait(false)).Items);
        var data = await ReadDataAsync(model, expected, namespaces, cancellationToken).ConfigureAwait(false);
        var failures = await FindFailuresAsync(cancellationToken).ConfigureAwait(false);
        var (served, versions) = await DiscoverAsync(expected, cancellationToken).ConfigureAwait(false);
        return new LiveCluster(reader.Name, objects)
        {
            Scopes = [.. scopes],
            Gaps = [.. gaps],
            Data = data,
            PullFailures = failures,
            Served = served,
            Versions = versions,
            RepositoryCluster = cluster?.Name,
            Head = await HistoryAsync(cluster, cancellationToken).ConfigureAwait(false),
            Redact = scrubber.Scrub,
        };
    }

    private void Restrict(ImmutableArray<string> namespaces)
    {
        if (namespaces.IsEmpty)
        {
            return;
        }

        objects.RemoveAll(item => !namespaces.Contains(item.Namespace ?? ""));
        gaps.RemoveAll(gap => gap.Namespace is not null && !namespaces.Contains(gap.Namespace));
        var wide = scopes.Exists(scope => scope.Namespace is null);
        scopes.RemoveAll(scope => scope.Namespace is null || !namespaces.Contains(scope.Namespace));
        if (wide)
        {
            scopes.AddRange(namespaces.Select(space => new LiveScope(ResourceType.Kustomization.Group, ResourceType.Kustomization.Kind, space, null)));
        }
    }

    /// <summary>Lists a kind in all namespaces; where that may not be done, in those of the repository.</summary>
    private async Task ListAsync(ResourceType type, ImmutableArray<string> namespaces, ImmutableArray<string> homes, CancellationToken cancellationToken)
    {
        ReadResult? wide = null;
        if (namespaces.IsEmpty)
        {
            wide = await reader.ListAsync(type, null, null, metadataOnly: false, cancellationToken).ConfigureAwait(false);
            if (!wide.IsUnknown)
            {
                objects.AddRange(wide.Items);
                scopes.Add(new LiveScope(type.Group, type.Kind, null, null));
                return;
            }
        }

        var refused = new List<LiveGap>();
        var read = 0;
        foreach (var space in namespaces.IsEmpty ? homes : namespaces)
        {
            var result = await reader.ListAsync(type, space, null, metadataOnly: false, cancellationToken).ConfigureAwait(false);
            if (result.IsUnknown)
            {
                refused.Add(new LiveGap(type.Group, type.Kind, space, null, result.Message));
            }
            else
            {
                read++;
                objects.AddRange(result.Items);
                scopes.Add(new LiveScope(type.Group, type.Kind, space, null));
            }
        }

        // One sentence is enough where nothing of a kind may be read.
        gaps.AddRange(read == 0 && wide is not null ? [new LiveGap(type.Group, type.Kind, null, null, wide.Message)] : refused);
    }

    private async Task<ImmutableDictionary<ObjectId, LiveData>> ReadDataAsync(
        RepositoryModel model,
        ImmutableArray<KubernetesObject> expected,
        ImmutableArray<string> namespaces,
        CancellationToken cancellationToken)
    {
        var wanted = expected.SelectMany(item => LiveReference.Of(item, model.ImagesOf(item))).Select(reference => reference.Id)
            .Concat(objects.Where(item => item is { Group: "", Kind: "Pod" }).SelectMany(pod => pod.Root.Items("spec", "imagePullSecrets")
                .Select(entry => entry.Text("name")).OfType<string>().Select(name => new ObjectId("", "Secret", pod.Namespace, name))))
            .Where(id => namespaces.IsEmpty || namespaces.Contains(id.Namespace!))
            .Distinct().ToList();
        var data = ImmutableDictionary.CreateBuilder<ObjectId, LiveData>();
        foreach (var chunk in wanted.Chunk(AtOnce))
        {
            foreach (var (id, result, found) in await Task.WhenAll(chunk.Select(id => ReadOneAsync(id, cancellationToken))).ConfigureAwait(false))
            {
                if (found is not null)
                {
                    data[id] = found;
                }

                if (result.IsUnknown)
                {
                    gaps.Add(new LiveGap(id.Group, id.Kind, id.Namespace, id.Name, result.Message));
                }
                else
                {
                    scopes.Add(new LiveScope(id.Group, id.Kind, id.Namespace, id.Name));
                }
            }
        }

        return data.ToImmutable();
    }

    private async Task<(ObjectId Id, ReadResult Result, LiveData? Data)> ReadOneAsync(ObjectId id, CancellationToken cancellationToken)
    {
        if (id.Kind == "Secret")
        {
            var (result, view) = await secrets.ReadAsync(id.Namespace!, id.Name, cancellationToken).ConfigureAwait(false);
            return (id, result, view.State != ReadState.Ok ? null : new LiveData([.. view.Keys], view.Type)
            {
                Registries = [.. view.Hosts],
                Defect = view.Defect,
                Covers = (registry, repository) => view.Covers(new RegistryImage(registry, repository, null, null)),
            });
        }

        var map = await reader.GetAsync(ResourceType.ConfigMap, id.Namespace, id.Name, cancellationToken).ConfigureAwait(false);
        return (id, map, map.Single is { } item ? new LiveData([.. item.Root.Table("data").Concat(item.Root.Table("binaryData")).Select(pair => pair.Key)], "") : null);
    }

    /// <summary>The events say why where the status says only that the kubelet waits.</summary>
    private async Task<ImmutableArray<LivePullFailure>> FindFailuresAsync(CancellationToken cancellationToken)
    {
        var waiting = objects.OfType<ClusterObject>().Where(item => item.Type == ResourceType.Pod && ContainerReader.Read(item, []).Any(view => view.WaitsForImage)).ToList();
        var events = new List<ClusterEvent>();
        foreach (var space in waiting.Select(pod => pod.Namespace!).Distinct())
        {
            var result = await reader.ListAsync(ResourceType.CoreEvent, space, null, metadataOnly: false, cancellationToken).ConfigureAwait(false);
            events.AddRange(result.Items.Select(ClusterEvent.From));
        }

        var newest = events.OrderByDescending(e => e.Time).ToList();
        return
        [
            .. waiting.SelectMany(pod => ContainerReader.Read(pod, newest)).Where(view => view.WaitsForImage)
                .Select(view => new LivePullFailure(view.Pod, view.Name, view.Image, view.WaitingReason!, view.Failure?.Message ?? "")),
        ];
    }

    private async Task<(ImmutableDictionary<(string Group, string Version), ImmutableHashSet<string>> Served, ImmutableDictionary<string, ImmutableArray<string>> Versions)> DiscoverAsync(
        ImmutableArray<KubernetesObject> expected,
        CancellationToken cancellationToken)
    {
        var groups = await reader.GroupsAsync(cancellationToken).ConfigureAwait(false);
        var served = ImmutableDictionary.CreateBuilder<(string, string), ImmutableHashSet<string>>();
        if (groups.State != ReadState.Ok)
        {
            gaps.Add(new LiveGap("", "API versions", null, null, groups.Message));
            return (served.ToImmutable(), ImmutableDictionary<string, ImmutableArray<string>>.Empty);
        }

        foreach (var (group, version) in expected.Select(item => (item.Group, item.Version)).Distinct().OrderBy(pair => pair, Comparer<(string, string)>.Default))
        {
            if (!groups.Versions.TryGetValue(group, out var known) || !known.Contains(version))
            {
                served[(group, version)] = [];
            }
            else if (await reader.KindsAsync(group, version, cancellationToken).ConfigureAwait(false) is { } found)
            {
                served[(group, version)] = [.. found];
            }
        }

        return (served.ToImmutable(), groups.Versions.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.ToImmutableArray(), StringComparer.Ordinal));
    }

    private async Task<LiveHead?> HistoryAsync(FluxCluster? cluster, CancellationToken cancellationToken)
    {
        if (History is null || cluster is null)
        {
            return null;
        }

        var commits = objects.SelectMany(item => new[] { item.Root.Text("status", "lastAppliedRevision"), item.Root.Text("status", "artifact", "revision") })
            .Select(GitHistory.CommitOf).OfType<string>().Distinct(StringComparer.Ordinal).ToImmutableArray();
        var source = cluster.Kustomizations.Select(item => item.Source).OfType<ObjectId>().FirstOrDefault(id => id.Kind == "GitRepository");
        var git = objects.Find(item => item.Id == source);
        return commits.IsEmpty ? null : await History(git?.Root.Text("spec", "ref", "branch"), commits, cancellationToken).ConfigureAwait(false);
    }
}
