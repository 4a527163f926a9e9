using System.Collections.Immutable;

namespace KubeLint.Flux.Workloads;

/// <summary>The pods of a cluster by namespace, and where there may be others that the repository does not tell.</summary>
public sealed class ClusterWorkloads
{
    // Custom resources that make no pods (their controllers' own pods stand elsewhere).
    private static readonly ImmutableHashSet<string> QuietGroups =
    [
        "external-secrets.io", "generators.external-secrets.io", "cert-manager.io", "acme.cert-manager.io", "gateway.networking.k8s.io", "networking.istio.io",
        "security.istio.io", "cilium.io", "traefik.io", "externaldns.k8s.io", "bitnami.com", "snapshot.storage.k8s.io", "notification.toolkit.fluxcd.io",
        "source.toolkit.fluxcd.io", "image.toolkit.fluxcd.io", "kustomize.toolkit.fluxcd.io", "keda.sh", "autoscaling.k8s.io", "gateway.envoyproxy.io",
        "networking.k8s.io", "policy", "autoscaling", "rbac.authorization.k8s.io", "apps", "batch", "storage.k8s.io", "scheduling.k8s.io", "apiextensions.k8s.io",
        "admissionregistration.k8s.io", "apiregistration.k8s.io", "discovery.k8s.io", "coordination.k8s.io", "node.k8s.io", "events.k8s.io",
        "secretgenerator.mittwald.de", "aquasecurity.github.io", "metallb.io", "reflector.v1.k8s.emberstack.com", "aadpodidentity.k8s.io", "secrets-store.csi.x-k8s.io",
    ];

    private static readonly ImmutableHashSet<string> QuietKinds =
    [
        "ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe", "ScrapeConfig", "AlertmanagerConfig", "VMServiceScrape", "VMPodScrape", "VMRule", "VMProbe",
        "GrafanaDashboard", "GrafanaDatasource", "GrafanaFolder",
    ];

    // No object is called so: what may make one of any name may make it.
    private const string NobodysName = "-";

    private readonly Dictionary<string, List<WorkloadPod>> byNamespace = new(StringComparer.Ordinal);
    private readonly Dictionary<(FluxKustomization Producer, string Namespace), List<WorkloadPod>> byProducer = [];
    private readonly Lazy<LabelledPods> labelled;
    private readonly HashSet<string> open = new(StringComparer.Ordinal) { "kube-system", "kube-public", "kube-node-lease" };
    private readonly FluxCluster cluster;
    private bool isOpen;

    internal ClusterWorkloads(FluxCluster cluster)
    {
        this.cluster = cluster;
        labelled = new(() => new LabelledPods(byNamespace));
        foreach (var kustomization in cluster.Kustomizations)
        {
            IsComplete &= kustomization is { IsComplete: true, State: KustomizationState.Built };
            if (kustomization.EntryPoint is not null)
            {
                open.Add(kustomization.Id.Namespace ?? "default");
            }

            foreach (var effective in kustomization.AllObjects())
            {
                Add(effective.Object, kustomization);
            }
        }

        foreach (var release in cluster.Releases)
        {
            foreach (var pod in release.Pods)
            {
                Add(pod, release.Effective.Producer);
            }
        }
    }

    /// <summary>Whether the repository tells all that the cluster gets: no remote base, no source elsewhere, no failing build.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>The pods of all namespaces.</summary>
    public IEnumerable<WorkloadPod> All => byNamespace.Values.SelectMany(pods => pods);

    /// <summary>The pods of a namespace; null stands for <c>default</c>.</summary>
    public IReadOnlyList<WorkloadPod> In(string? ns) => byNamespace.TryGetValue(ns ?? "default", out var pods) ? pods : [];

    /// <summary>Whether pods may run in a namespace that the repository does not tell: those of a chart, of an operator, of a source elsewhere.</summary>
    public bool MayHoldOthers(string? ns) =>
        isOpen || open.Contains(ns ?? "default") || cluster.Knowledge.Find("apps", "Deployment", ns, NobodysName).Presence != Presence.Missing;

    /// <summary>The pods of a namespace that what a Flux Kustomization applies makes.</summary>
    /// <param name="producer">The Flux Kustomization.</param>
    /// <param name="ns">The namespace; null stands for <c>default</c>.</param>
    public IReadOnlyList<WorkloadPod> Of(FluxKustomization producer, string? ns) => byProducer.TryGetValue((producer, ns ?? "default"), out var pods) ? pods : [];

    /// <summary>The pods of a namespace that have a label as it is written, those of charts left out.</summary>
    /// <param name="ns">The namespace; null stands for <c>default</c>.</param>
    /// <param name="key">The label's key.</param>
    /// <param name="value">Its value.</param>
    public IReadOnlyList<WorkloadPod> Labelled(string? ns, string key, string value) => labelled.Value.With(ns ?? "default", key, value);

    /// <summary>The pods of a namespace that have a label whose value the files may not tell, those of charts left out.</summary>
    /// <param name="ns">The namespace; null stands for <c>default</c>.</param>
    /// <param name="key">The label's key.</param>
    public IReadOnlyList<WorkloadPod> Untold(string? ns, string key) => labelled.Value.Untold(ns ?? "default", key);

    private void Add(KubernetesObject item, FluxKustomization producer)
    {
        if (WorkloadPods.Of(item) is { } pod)
        {
            Add(pod, producer);
        }
        else if (item.Is(FluxGroups.Helm, "HelmRelease"))
        {
            open.Add(WorkloadPods.NamespaceOf(item) ?? "default");
        }
        else if (item.Group == FluxGroups.Operator || item.Group == "kyverno.io")
        {
            // These make objects in any namespace.
            isOpen |= item.Kind is not ("FluxInstance" or "FluxReport" or "Policy" or "ClusterPolicy" or "PolicyException");
        }
        else if (item.Group.Length > 0 && !QuietGroups.Contains(item.Group) && !QuietKinds.Contains(item.Kind))
        {
            open.Add(item.Namespace ?? "default");
        }
    }

    private void Add(WorkloadPod pod, FluxKustomization producer)
    {
        var ns = pod.Namespace ?? "default";
        if (!byNamespace.TryGetValue(ns, out var pods))
        {
            byNamespace.Add(ns, pods = []);
        }

        pods.Add(pod);
        if (!byProducer.TryGetValue((producer, ns), out var own))
        {
            byProducer.Add((producer, ns), own = []);
        }

        own.Add(pod);
    }
}
