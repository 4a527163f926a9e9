using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>How an entry point is known.</summary>
public enum EntryPointKind
{
    /// <summary>A Flux Kustomization whose path holds the object itself: <c>flux bootstrap</c>'s <c>gotk-sync.yaml</c>.</summary>
    SelfManaged,

    /// <summary>The <c>sync</c> of a FluxInstance, or of the values of the flux-instance chart.</summary>
    FluxInstance,

    /// <summary>A directory laid out by <c>flux bootstrap</c> whose <c>gotk-sync.yaml</c> is empty.</summary>
    BootstrapLayout,

    /// <summary>A Flux Kustomization that nothing else in the repository produces.</summary>
    NotProduced,

    /// <summary>Named by the user.</summary>
    Configured,
}

/// <summary>A Flux Kustomization at which a cluster begins.</summary>
/// <param name="Kind">How it is known.</param>
/// <param name="Kustomization">The Flux Kustomization, as written or as the Flux Operator makes it.</param>
/// <param name="SourceRoot">The absolute directory that is the root of its source's artifact.</param>
/// <param name="At">What tells it: the object, the <c>sync</c>.</param>
public sealed record EntryPoint(EntryPointKind Kind, KubernetesObject Kustomization, string SourceRoot, YamlNode At)
{
    /// <summary>Whether what is written is a patch of the Flux Kustomization, not the object itself.</summary>
    public bool IsPart { get; init; }

    /// <summary>Whether its source is likely another repository: nothing that has this source leads to a directory here.</summary>
    public bool IsElsewhere { get; init; }
}

/// <summary>The entry points of one cluster.</summary>
/// <param name="Name">The cluster's name: the path that it syncs, relative to the source's root, or the directory of its objects.</param>
/// <param name="EntryPoints">The entry points, in order.</param>
/// <param name="Instance">The FluxInstance, or the <c>instance</c> values; null where there is none.</param>
public sealed record ClusterEntry(string Name, ImmutableArray<EntryPoint> EntryPoints, YamlMapping? Instance);
