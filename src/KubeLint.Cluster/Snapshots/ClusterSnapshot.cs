using KubeLint.Cluster.Api;

namespace KubeLint.Cluster.Snapshots;

/// <summary>
/// Everything that was read for a diagnosis. What is in <see cref="NotChecked"/> is not known; an empty list elsewhere means that there is
/// nothing only where its area is not named there.
/// </summary>
public sealed record ClusterSnapshot
{
    /// <summary>The cluster, for messages.</summary>
    public required string Cluster { get; init; }

    /// <summary>The namespace that was asked about.</summary>
    public required string Namespace { get; init; }

    /// <summary>The name that was asked about.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the namespace exists; null where it may not be read.</summary>
    public bool? NamespaceExists { get; init; }

    /// <summary>The workload; null where nothing of that name was found.</summary>
    public ClusterObject? Workload { get; init; }

    /// <summary>The objects between the workload and its pods, newest first: ReplicaSets, Jobs; and for a HelmRelease its workloads.</summary>
    public IReadOnlyList<ClusterObject> Between { get; init; } = [];

    /// <summary>The workload's pods.</summary>
    public IReadOnlyList<ClusterObject> Pods { get; init; } = [];

    /// <summary>The pods' containers.</summary>
    public IReadOnlyList<ContainerView> Containers { get; init; } = [];

    /// <summary>Events about any of these objects, newest first.</summary>
    public IReadOnlyList<ClusterEvent> Events { get; init; } = [];

    /// <summary>Name of the pods' service account.</summary>
    public string ServiceAccountName { get; init; } = "default";

    /// <summary>The service account; null where it is absent or unknown.</summary>
    public ClusterObject? ServiceAccount { get; init; }

    /// <summary>Whether the service account is known to be absent.</summary>
    public bool ServiceAccountMissing { get; init; }

    /// <summary>The pull secrets that pods and service account name.</summary>
    public IReadOnlyList<PullSecretView> PullSecrets { get; init; } = [];

    /// <summary>Pull secrets of the namespace that nothing here names.</summary>
    public IReadOnlyList<PullSecretView> UnusedPullSecrets { get; init; } = [];

    /// <summary>The nodes, by name.</summary>
    public IReadOnlyDictionary<string, ClusterObject> Nodes { get; init; } = new Dictionary<string, ClusterObject>();

    /// <summary>The namespace's quotas.</summary>
    public IReadOnlyList<ClusterObject> Quotas { get; init; } = [];

    /// <summary>The namespace's limit ranges.</summary>
    public IReadOnlyList<ClusterObject> LimitRanges { get; init; } = [];

    /// <summary>Cilium's cluster-wide policies.</summary>
    public IReadOnlyList<ClusterObject> CiliumPolicies { get; init; } = [];

    /// <summary>Calico's global policies.</summary>
    public IReadOnlyList<ClusterObject> CalicoPolicies { get; init; } = [];

    /// <summary>Calico's host endpoints.</summary>
    public IReadOnlyList<ClusterObject> HostEndpoints { get; init; } = [];

    /// <summary>NetworkPolicies of the pods' namespace and of the namespaces of registries in the cluster.</summary>
    public IReadOnlyList<ClusterObject> NetworkPolicies { get; init; } = [];

    /// <summary>The cluster's services, where a registry may be one of them.</summary>
    public IReadOnlyList<ClusterObject> Services { get; init; } = [];

    /// <summary>The service of the cluster's DNS.</summary>
    public ClusterObject? ClusterDns { get; init; }

    /// <summary>The deployment of the cluster's DNS.</summary>
    public ClusterObject? CoreDns { get; init; }

    /// <summary>The HelmRelease behind the workload.</summary>
    public ClusterObject? HelmRelease { get; init; }

    /// <summary>The Kustomizations behind it, the nearest first.</summary>
    public IReadOnlyList<ClusterObject> Kustomizations { get; init; } = [];

    /// <summary>The sources of these.</summary>
    public IReadOnlyList<ClusterObject> Sources { get; init; } = [];

    /// <summary>What registries say, by image as written in the pod.</summary>
    public IReadOnlyDictionary<string, RegistryLook> Registries { get; init; } = new Dictionary<string, RegistryLook>();

    /// <summary>What could not be looked at, and why.</summary>
    public IReadOnlyList<(string Area, string Why)> NotChecked { get; init; } = [];

    /// <summary>Whether the pods may not be read.</summary>
    public bool ArePodsUnknown => NotChecked.Any(entry => entry.Area == Api.ResourceType.Pod.Plural);

    /// <summary>The Flux Kustomizations that are suspended or fail; read only where there is no workload.</summary>
    public IReadOnlyList<ClusterObject> Troubled { get; init; } = [];

    /// <summary>The node of a container, or null.</summary>
    public ClusterObject? NodeOf(ContainerView container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return container.Node is { } name ? Nodes.GetValueOrDefault(name) : null;
    }
}
