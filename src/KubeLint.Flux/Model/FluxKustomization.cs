using System.Collections.Immutable;

using KubeLint.Kustomize;
using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>What became of a Flux Kustomization.</summary>
public enum KustomizationState
{
    /// <summary>It was built, perhaps with problems.</summary>
    Built,

    /// <summary>Its source is not this repository, so what it makes is unknown.</summary>
    ExternalSource,

    /// <summary>Its path depends on a value that the repository does not tell.</summary>
    UnknownPath,

    /// <summary>Its path is not in the source.</summary>
    MissingPath,

    /// <summary>Kustomizations lead to each other too deeply.</summary>
    TooDeep,
}

/// <summary>What kind of problem Flux has with a Kustomization.</summary>
public enum FluxProblemKind
{
    /// <summary><c>spec.path</c> is not in the source.</summary>
    MissingPath,

    /// <summary><c>spec.path</c> is there, but its source leaves it out of the artifact.</summary>
    PathLeftOut,

    /// <summary>The kustomize build fails.</summary>
    Build,

    /// <summary>The substitution fails.</summary>
    Substitution,

    /// <summary>A component is absolute, remote or missing.</summary>
    Component,

    /// <summary>Kustomizations lead to each other too deeply.</summary>
    TooDeep,
}

/// <summary>A problem that keeps Flux from applying a Kustomization.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Message">What is wrong, a sentence without a final stop.</param>
/// <param name="Where">The place.</param>
/// <param name="Build">The problem of the kustomize build; null for other kinds.</param>
public sealed record FluxProblem(FluxProblemKind Kind, string Message, Location Where, KustomizeProblem? Build = null)
{
    /// <summary>The problem of the substitution; null for other kinds.</summary>
    public SubstitutionProblem? Substitution { get; init; }

    /// <summary>What was probably meant, as it would be written; null where nothing is near.</summary>
    public string? Nearest { get; init; }

    /// <summary>What decides it, where that is not at the place itself; null for most.</summary>
    public YamlNode? Because { get; init; }
}

/// <summary>A Flux Kustomization of a cluster, with what it makes. Immutable once the cluster is built.</summary>
public sealed class FluxKustomization
{
    internal FluxKustomization(KubernetesObject item, FluxKustomization? parent, EntryPoint? entryPoint)
    {
        Object = item;
        Parent = parent;
        EntryPoint = entryPoint;
        Id = item.Id with { Namespace = item.Namespace ?? "default" };
        Source = item.Spec?["sourceRef"] is { } source && source.GetString("name") is { } name && source.GetString("kind") is { } kind
            ? new ObjectId(FluxGroups.Source, kind, source.GetString("namespace") ?? Id.Namespace, name)
            : null;
    }

    /// <summary>The object as the cluster gets it: its parents' patches and variables included.</summary>
    public KubernetesObject Object { get; }

    /// <summary>Its identity.</summary>
    public ObjectId Id { get; }

    /// <summary>The Flux Kustomization that applies it; null for an entry point.</summary>
    public FluxKustomization? Parent { get; }

    /// <summary>Why it is an entry point; null where another one applies it.</summary>
    public EntryPoint? EntryPoint { get; }

    /// <summary>What became of it.</summary>
    public KustomizationState State { get; internal set; }

    /// <summary>The absolute directory of <c>spec.path</c>; null where it is not known.</summary>
    public string? Directory { get; internal set; }

    /// <summary>The absolute root of the source's artifact; null where it is not known.</summary>
    public string? SourceRoot { get; internal set; }

    /// <summary>Whether everything that it makes is known: false with remote bases, failures, unknown paths.</summary>
    public bool IsComplete { get; internal set; }

    /// <summary>What keeps Flux from applying it.</summary>
    public ImmutableArray<FluxProblem> Problems { get; internal set; } = [];

    /// <summary>The kustomize build; null where there is none.</summary>
    public KustomizeResult? Build { get; internal set; }

    /// <summary>The objects that it makes, as the cluster gets them, in the order of the build.</summary>
    public ImmutableArray<EffectiveObject> Objects { get; internal set; } = [];

    /// <summary>What the Flux Operator makes of the ResourceSets among its objects, where these hold their inputs themselves.</summary>
    public ImmutableArray<EffectiveObject> Rendered { get; internal set; } = [];

    /// <summary>Its objects and what ResourceSets among them make.</summary>
    public IEnumerable<EffectiveObject> AllObjects() => Rendered.IsEmpty ? Objects : Objects.Concat(Rendered);

    /// <summary>The Flux Kustomizations among its objects that no other one applied before.</summary>
    public ImmutableArray<FluxKustomization> Children { get; internal set; } = [];

    /// <summary>The variables of its <c>postBuild</c>; null where nothing is substituted.</summary>
    public VariableSet? Variables { get; internal set; }

    /// <summary>The expressions in what it builds, in order; empty where nothing is substituted.</summary>
    public ImmutableArray<VariableUse> VariableUses { get; internal set; } = [];

    /// <summary>The <c>kubeConfig</c> through which a Kustomization or HelmRelease acts on another Kubernetes cluster; null where it acts on its own.</summary>
    public static string? TargetOf(KubernetesObject item) => item.Root.Get("spec", "kubeConfig") is { } access
        ? $"{item.Namespace ?? "default"}/{access.GetString("secretRef", "name")}/{access.GetString("secretRef", "key")}/{access.GetString("configMapRef", "name")}"
        : null;

    /// <summary>The Kustomizations of <c>spec.dependsOn</c>.</summary>
    public IEnumerable<ObjectId> DependsOn()
    {
        foreach (var item in Object.Root.Get("spec", "dependsOn")?.AsSequence()?.Items ?? [])
        {
            if (item.GetString("name") is { } name)
            {
                yield return new ObjectId(FluxGroups.Kustomize, "Kustomization", item.GetString("namespace") ?? Id.Namespace, name);
            }
        }
    }

    /// <summary>The <c>kubeConfig</c> of the Kubernetes cluster that it applies to; null for the one in which Flux runs.</summary>
    public string? Target => TargetOf(Object);

    /// <summary>The source of <c>spec.sourceRef</c>; null where it is not written.</summary>
    public ObjectId? Source { get; }
}

/// <summary>An object as a Flux Kustomization applies it.</summary>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Object">The object. Clusters that get it alike share it.</param>
/// <param name="Producer">The Flux Kustomization.</param>
public sealed record EffectiveObject(string Cluster, KubernetesObject Object, FluxKustomization Producer)
{
    /// <summary>The identity in the cluster; without a namespace where none is written.</summary>
    public ObjectId Id => Object.Id;
}
