namespace KubeLint.Flux;

/// <summary>Whether a cluster has an object, as far as its repository tells.</summary>
public enum Presence
{
    /// <summary>Nothing that is known makes it, and nothing unknown is likely to.</summary>
    Missing,

    /// <summary>It is written nowhere, but something may make it. See <see cref="Existence.By"/>.</summary>
    MayExist,

    /// <summary>It is written, but only in builds that fail, so that nothing of them is applied.</summary>
    Failing,

    /// <summary>The cluster gets it.</summary>
    Present,
}

/// <summary>What may make an object that is written nowhere.</summary>
public enum UnseenMaker
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A Flux Kustomization of which not everything is known: its source or its path is elsewhere, a part of its build is lost.</summary>
    Build,

    /// <summary>A Flux Kustomization, or a part of one, with the manifests of somebody else's project: they may hold anything but what is this repository's own.</summary>
    OtherProject,

    /// <summary>A ResourceSet that is not rendered.</summary>
    ResourceSet,

    /// <summary>A HelmRelease whose name begins the object's name, or whose chart is known to make such objects.</summary>
    NamedRelease,

    /// <summary>Some HelmRelease that installs into the namespace. A chart can make anything, but most make nothing that others name.</summary>
    AnyRelease,

    /// <summary>A custom resource that names it or begins its name: an operator may make it.</summary>
    CustomResource,

    /// <summary>An object whose purpose is to make it: an ExternalSecret, a SealedSecret, a Certificate, an ArtifactGenerator.</summary>
    Generator,

    /// <summary>Something that copies objects between namespaces: a ClusterExternalSecret, the reflector, the replicator, a trust Bundle.</summary>
    Copy,

    /// <summary>A policy that generates objects.</summary>
    Policy,

    /// <summary><c>flux bootstrap</c> or the Flux Operator.</summary>
    Bootstrap,

    /// <summary>Kubernetes itself.</summary>
    Kubernetes,

    /// <summary>A file that no entry point reaches, applied by hand or by a script.</summary>
    ByHand,

    /// <summary>A part of the cluster that the repository does not show: where it begins is only guessed.</summary>
    Elsewhere,
}

/// <summary>What is known of an object's existence.</summary>
/// <param name="Presence">Whether the cluster has it.</param>
/// <param name="Found">The object; null where it is not written, or where an entry point is meant.</param>
/// <param name="By">What may make it, where <paramref name="Presence"/> is <see cref="Presence.MayExist"/>.</param>
/// <param name="Reason">What makes it, in words; null where it is written or missing.</param>
/// <param name="Maker">The object that makes it; null where none does or none is known.</param>
public sealed record Existence(
    Presence Presence, EffectiveObject? Found = null, UnseenMaker By = UnseenMaker.None, string? Reason = null, KubernetesObject? Maker = null)
{
    /// <summary>Missing.</summary>
    public static Existence Missing { get; } = new(Presence.Missing);

    internal static Existence May(UnseenMaker by, string reason, KubernetesObject? maker = null) => new(Presence.MayExist, null, by, reason, maker);
}
