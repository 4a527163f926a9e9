namespace KubeLint.Cluster.Api;

/// <summary>A kind of object as the API server addresses it.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Plural">Name in the path (<c>deployments</c>).</param>
/// <param name="Kind">Kind (<c>Deployment</c>).</param>
/// <param name="Version">The version to use, or null to take the one that the server prefers (Flux's kinds differ between releases).</param>
/// <param name="Namespaced">Whether its objects live in namespaces.</param>
public sealed record ResourceType(string Group, string Plural, string Kind, string? Version, bool Namespaced = true)
{
    /// <summary>Namespace.</summary>
    public static ResourceType Namespace { get; } = new("", "namespaces", "Namespace", "v1", Namespaced: false);

    /// <summary>Node.</summary>
    public static ResourceType Node { get; } = new("", "nodes", "Node", "v1", Namespaced: false);

    /// <summary>Pod.</summary>
    public static ResourceType Pod { get; } = new("", "pods", "Pod", "v1");

    /// <summary>Secret.</summary>
    public static ResourceType Secret { get; } = new("", "secrets", "Secret", "v1");

    /// <summary>ConfigMap.</summary>
    public static ResourceType ConfigMap { get; } = new("", "configmaps", "ConfigMap", "v1");

    /// <summary>CustomResourceDefinition.</summary>
    public static ResourceType CustomResourceDefinition { get; } = new("apiextensions.k8s.io", "customresourcedefinitions", "CustomResourceDefinition", "v1", Namespaced: false);

    /// <summary>Service.</summary>
    public static ResourceType Service { get; } = new("", "services", "Service", "v1");

    /// <summary>ServiceAccount.</summary>
    public static ResourceType ServiceAccount { get; } = new("", "serviceaccounts", "ServiceAccount", "v1");

    /// <summary>ResourceQuota.</summary>
    public static ResourceType ResourceQuota { get; } = new("", "resourcequotas", "ResourceQuota", "v1");

    /// <summary>LimitRange.</summary>
    public static ResourceType LimitRange { get; } = new("", "limitranges", "LimitRange", "v1");

    /// <summary>Event of the core group.</summary>
    public static ResourceType CoreEvent { get; } = new("", "events", "Event", "v1");

    /// <summary>Event of <c>events.k8s.io</c>.</summary>
    public static ResourceType Event { get; } = new("events.k8s.io", "events", "Event", "v1");

    /// <summary>Deployment.</summary>
    public static ResourceType Deployment { get; } = new("apps", "deployments", "Deployment", "v1");

    /// <summary>ReplicaSet.</summary>
    public static ResourceType ReplicaSet { get; } = new("apps", "replicasets", "ReplicaSet", "v1");

    /// <summary>StatefulSet.</summary>
    public static ResourceType StatefulSet { get; } = new("apps", "statefulsets", "StatefulSet", "v1");

    /// <summary>DaemonSet.</summary>
    public static ResourceType DaemonSet { get; } = new("apps", "daemonsets", "DaemonSet", "v1");

    /// <summary>Job.</summary>
    public static ResourceType Job { get; } = new("batch", "jobs", "Job", "v1");

    /// <summary>CronJob.</summary>
    public static ResourceType CronJob { get; } = new("batch", "cronjobs", "CronJob", "v1");

    /// <summary>NetworkPolicy.</summary>
    public static ResourceType NetworkPolicy { get; } = new("networking.k8s.io", "networkpolicies", "NetworkPolicy", "v1");

    /// <summary>Cilium's policy for the whole cluster; with a <c>nodeSelector</c> it is a host firewall.</summary>
    public static ResourceType CiliumClusterwideNetworkPolicy { get; } = new("cilium.io", "ciliumclusterwidenetworkpolicies", "CiliumClusterwideNetworkPolicy", null, Namespaced: false);

    /// <summary>Cilium's policy in a namespace.</summary>
    public static ResourceType CiliumNetworkPolicy { get; } = new("cilium.io", "ciliumnetworkpolicies", "CiliumNetworkPolicy", null);

    /// <summary>Calico's global policy; it applies to hosts that have a HostEndpoint.</summary>
    public static ResourceType GlobalNetworkPolicy { get; } = new("crd.projectcalico.org", "globalnetworkpolicies", "GlobalNetworkPolicy", null, Namespaced: false);

    /// <summary>Calico's host endpoint.</summary>
    public static ResourceType HostEndpoint { get; } = new("crd.projectcalico.org", "hostendpoints", "HostEndpoint", null, Namespaced: false);

    /// <summary>Calico's global policy where its own API is served.</summary>
    public static ResourceType GlobalNetworkPolicyOfApi { get; } = new("projectcalico.org", "globalnetworkpolicies", "GlobalNetworkPolicy", null, Namespaced: false);

    /// <summary>Calico's host endpoint where its own API is served.</summary>
    public static ResourceType HostEndpointOfApi { get; } = new("projectcalico.org", "hostendpoints", "HostEndpoint", null, Namespaced: false);

    /// <summary>Flux's HelmRelease.</summary>
    public static ResourceType HelmRelease { get; } = new("helm.toolkit.fluxcd.io", "helmreleases", "HelmRelease", null);

    /// <summary>Flux's Kustomization.</summary>
    public static ResourceType Kustomization { get; } = new("kustomize.toolkit.fluxcd.io", "kustomizations", "Kustomization", null);

    /// <summary>The kinds of Flux's sources, by name.</summary>
    public static IReadOnlyDictionary<string, ResourceType> Sources { get; } = new Dictionary<string, ResourceType>
    {
        ["GitRepository"] = new("source.toolkit.fluxcd.io", "gitrepositories", "GitRepository", null),
        ["OCIRepository"] = new("source.toolkit.fluxcd.io", "ocirepositories", "OCIRepository", null),
        ["Bucket"] = new("source.toolkit.fluxcd.io", "buckets", "Bucket", null),
        ["HelmRepository"] = new("source.toolkit.fluxcd.io", "helmrepositories", "HelmRepository", null),
        ["HelmChart"] = new("source.toolkit.fluxcd.io", "helmcharts", "HelmChart", null),
    };

    /// <summary>The kinds that pods come from, in the order in which a name without a kind is looked for.</summary>
    public static IReadOnlyList<ResourceType> Workloads { get; } = [Deployment, StatefulSet, DaemonSet, CronJob, Job, HelmRelease, Pod];
}
