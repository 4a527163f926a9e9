using System.Collections.Immutable;

using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>A feature gate of a Flux controller that the repository sets.</summary>
/// <param name="Controller">The controllers, as a regular expression (the target's name of a patch) or a Deployment's name.</param>
/// <param name="Name">The gate.</param>
/// <param name="IsEnabled">Whether it is switched on.</param>
/// <param name="At">The node that sets it.</param>
public sealed record FeatureGate(string Controller, string Name, bool IsEnabled, YamlNode At);

/// <summary>A cluster as a repository describes it: a world of its own, in which each identity is one object.</summary>
public sealed class FluxCluster
{
    private readonly Dictionary<ObjectId, EffectiveObject> byId;
    private readonly Lazy<ClusterKnowledge> knowledge;
    private readonly Lazy<ClusterWorkloads> workloads;
    private readonly Lazy<ImmutableArray<EffectiveObject>> objects;
    private readonly Lazy<HashSet<KubernetesObject>> kustomizationObjects;
    private readonly Lazy<HashSet<string>> entryPointFiles;

    internal FluxCluster(
        ClusterEntry entry,
        ImmutableArray<FluxKustomization> kustomizations,
        FluxVersion version,
        ImmutableArray<FeatureGate> featureGates,
        ImmutableArray<KubernetesObject> bootstrapped,
        ImmutableArray<FluxHelmRelease> releases,
        Dictionary<ObjectId, EffectiveObject> byId)
    {
        knowledge = new(() => new ClusterKnowledge(this));
        Releases = releases;
        Entry = entry;
        Kustomizations = kustomizations;
        Version = version;
        FeatureGates = featureGates;
        Bootstrapped = bootstrapped;
        this.byId = byId;
        workloads = new Lazy<ClusterWorkloads>(() => new ClusterWorkloads(this));
        kustomizationObjects = new(() => [.. Kustomizations.Select(kustomization => kustomization.Object)]);
        entryPointFiles = new(() => Entry.EntryPoints.Where(point => !point.IsPart).Select(point => point.At.Source.Root.Path).ToHashSet(StringComparer.Ordinal));
        objects = new(() => [.. Kustomizations.SelectMany(kustomization => kustomization.AllObjects())]);
    }

    /// <summary>The cluster's name.</summary>
    public string Name => Entry.Name;

    /// <summary>Where the cluster begins.</summary>
    public ClusterEntry Entry { get; }

    /// <summary>All Flux Kustomizations: parents before children, each once.</summary>
    public ImmutableArray<FluxKustomization> Kustomizations { get; }

    /// <summary>The HelmReleases, in the order of <see cref="Objects"/>. One that two Kustomizations apply is there twice.</summary>
    public ImmutableArray<FluxHelmRelease> Releases { get; }

    /// <summary>The Flux version that decides how the cluster behaves.</summary>
    public FluxVersion Version { get; }

    /// <summary>Whether the repository or the configuration tells <see cref="Version"/>; where neither does, the newest is assumed.</summary>
    public bool IsVersionTold { get; internal init; }

    /// <summary>The feature gates that the repository sets.</summary>
    public ImmutableArray<FeatureGate> FeatureGates { get; }

    /// <summary>Objects that <c>flux bootstrap</c> or the Flux Operator makes: the source that the cluster syncs.</summary>
    public ImmutableArray<KubernetesObject> Bootstrapped { get; }

    /// <summary>What exists in the cluster, and what may exist unseen.</summary>
    public ClusterKnowledge Knowledge => knowledge.Value;

    /// <summary>All clusters of the repository.</summary>
    internal ImmutableArray<FluxCluster> Neighbours { get; set; } = [];

    /// <summary>The files with objects that no entry point of any cluster reaches.</summary>
    internal ImmutableArray<UnreachedFile> Unreached { get; set; } = [];

    /// <summary>The pods of its workloads.</summary>
    public ClusterWorkloads Workloads => workloads.Value;

    /// <summary>All objects that the cluster gets. An identity that two Kustomizations apply is there twice.</summary>
    public ImmutableArray<EffectiveObject> Objects() => objects.Value;

    /// <summary>The object of an identity, the first where several Kustomizations apply it; null where the repository makes none.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace; <c>default</c> stands for none, too.</param>
    /// <param name="name">The name.</param>
    public EffectiveObject? Find(string group, string kind, string? ns, string name) =>
        byId.GetValueOrDefault(new ObjectId(group, kind, ns, name))
        ?? (ns == "default" ? byId.GetValueOrDefault(new ObjectId(group, kind, null, name)) : null);

    /// <summary>Whether the object is one of <see cref="Kustomizations"/>.</summary>
    internal bool IsKustomization(KubernetesObject item) => kustomizationObjects.Value.Contains(item);

    /// <summary>Whether the cluster begins in a file.</summary>
    /// <param name="path">The file's shown path.</param>
    internal bool BeginsIn(string path) => entryPointFiles.Value.Contains(path);

    /// <summary>Whether a feature gate is on: what the repository sets, else what the version does.</summary>
    /// <param name="controller">The controller: <c>kustomize-controller</c>.</param>
    /// <param name="name">The gate.</param>
    /// <param name="byDefault">Whether it is on where nothing is set.</param>
    public bool IsGateEnabled(string controller, string name, bool byDefault)
    {
        var result = byDefault;
        foreach (var gate in FeatureGates)
        {
            if (gate.Name == name && ControllerPattern.Matches(gate.Controller, controller))
            {
                result = gate.IsEnabled;
            }
        }

        return result;
    }
}
