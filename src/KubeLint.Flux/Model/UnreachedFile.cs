using System.Collections.Immutable;

namespace KubeLint.Flux;

/// <summary>Why no entry point reaches a file.</summary>
public enum UnreachedReason
{
    /// <summary>No kustomization names it.</summary>
    NotNamed,

    /// <summary>Only a comment names it: it is set aside.</summary>
    CommentedOut,

    /// <summary>A kustomization names it, but nothing builds that one.</summary>
    NotBuilt,

    /// <summary>The Flux Kustomization that would apply it is not built: its source or path is not known.</summary>
    NotResolved,

    /// <summary>It lies in a directory whose name begins with a dot.</summary>
    Hidden,

    /// <summary>The repository has no entry point at all.</summary>
    NoEntryPoint,
}

/// <summary>A file with Kubernetes objects that no entry point reaches. Findings in it hold only if it is applied.</summary>
/// <param name="File">The file.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">What would have to reach it, shown to the user; null where nothing is known.</param>
/// <param name="Objects">Its objects as written.</param>
public sealed record UnreachedFile(WorkspaceFile File, UnreachedReason Reason, string? By, ImmutableArray<KubernetesObject> Objects);
