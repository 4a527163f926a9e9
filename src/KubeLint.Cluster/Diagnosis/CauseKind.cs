namespace KubeLint.Cluster.Diagnosis;

/// <summary>The causes that a diagnosis tells apart. Their names in output are these in kebab case.</summary>
public enum CauseKind
{
    /// <summary>The tag or digest does not exist.</summary>
    TagNotFound,

    /// <summary>The repository does not exist, or is private and nothing authenticates.</summary>
    RepositoryMissingOrPrivate,

    /// <summary>A pull secret that is named does not exist.</summary>
    PullSecretMissing,

    /// <summary>A pull secret is of a type that the kubelet does not read.</summary>
    PullSecretWrongType,

    /// <summary>A pull secret's content cannot be read.</summary>
    PullSecretMalformed,

    /// <summary>No pull secret has an entry for the registry or repository.</summary>
    PullSecretNotCovering,

    /// <summary>The pull secret exists in another namespace only.</summary>
    PullSecretInOtherNamespace,

    /// <summary>The registry refuses the credentials.</summary>
    CredentialsRefused,

    /// <summary>The registry's limit of pulls is reached.</summary>
    RateLimited,

    /// <summary>The registry's name does not resolve on the node.</summary>
    DnsFailure,

    /// <summary>The node cannot connect: timed out, refused, no route.</summary>
    ConnectionFailed,

    /// <summary>A host firewall policy leaves the node no way out.</summary>
    HostFirewall,

    /// <summary>An ingress policy stands before a registry in the cluster.</summary>
    RegistryIngressPolicy,

    /// <summary>The image is on the node, but the kubelet wants credentials (KEP-2535).</summary>
    ImagePresentNeedsCredentials,

    /// <summary>The node does not know the authority of the registry's certificate.</summary>
    UnknownCertificateAuthority,

    /// <summary>TLS fails in another way.</summary>
    TlsFailure,

    /// <summary>The registry speaks HTTP at an HTTPS address.</summary>
    HttpAtHttps,

    /// <summary>The node has no space left, or is under disk pressure.</summary>
    NoSpace,

    /// <summary>The node is not ready.</summary>
    NodeNotReady,

    /// <summary>There is no manifest for the node's platform.</summary>
    NoPlatform,

    /// <summary>The image's name is invalid.</summary>
    InvalidImageName,

    /// <summary>The policy is Never and the image is not on the node.</summary>
    NeverPull,

    /// <summary>The service account is missing.</summary>
    ServiceAccountMissing,

    /// <summary>A quota or limit range refuses the pods.</summary>
    QuotaExceeded,

    /// <summary>The API server refuses the pods for another reason.</summary>
    PodRefused,

    /// <summary>The scheduler finds no node.</summary>
    Unschedulable,

    /// <summary>A mirror or proxy in between answers wrongly.</summary>
    MirrorOrProxy,

    /// <summary>The policy is Always, the registry is down, and the node has the image.</summary>
    AlwaysWithRegistryDown,

    /// <summary>A mutable tag changed its meaning.</summary>
    MutableTagMoved,

    /// <summary>Flux is suspended or failing, so that what is in git does not arrive.</summary>
    FluxNotApplied,

    /// <summary>The registry answers with an error of its own.</summary>
    RegistryError,

    /// <summary>The image's signature is not accepted.</summary>
    SignatureRefused,

    /// <summary>The pull fails with words that are not known.</summary>
    UnknownPullFailure,

    /// <summary>The image was pulled, but the container does not run.</summary>
    ContainerNotRunning,

    /// <summary>There is no such workload.</summary>
    WorkloadNotFound,
}
