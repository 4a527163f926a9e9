namespace KubeLint.Cluster.Pulls;

/// <summary>What a container runtime or the kubelet complains about.</summary>
public enum PullFailureKind
{
    /// <summary>Words that no pattern knows.</summary>
    Unclassified,

    /// <summary>The kubelet says only that it waits before it tries again.</summary>
    BackOffOnly,

    /// <summary>The image is on the node, but the kubelet wants this pod to prove that it may use it (KEP-2535).</summary>
    NeedsCredentials,

    /// <summary>The policy is Never and the image is not on the node.</summary>
    NeverPull,

    /// <summary>The reference is none.</summary>
    InvalidName,

    /// <summary>The registry's limit of pulls.</summary>
    RateLimited,

    /// <summary>The kubelet's own limit of pulls a second: it passes by itself.</summary>
    KubeletThrottled,

    /// <summary>The node's disk is full.</summary>
    NoSpace,

    /// <summary>The image has no manifest for the node's platform.</summary>
    NoPlatform,

    /// <summary>A proxy in between refuses or fails.</summary>
    Proxy,

    /// <summary>The registry speaks plain HTTP where the runtime speaks HTTPS.</summary>
    HttpAtHttps,

    /// <summary>The certificate's authority is not known to the node.</summary>
    UnknownAuthority,

    /// <summary>TLS failed in another way.</summary>
    Tls,

    /// <summary>The name does not resolve.</summary>
    Dns,

    /// <summary>The connection is refused.</summary>
    Refused,

    /// <summary>No route to the registry.</summary>
    NoRoute,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>The connection broke off.</summary>
    Broken,

    /// <summary>The answer is not a registry's: a web page, a wrong media type.</summary>
    WrongAnswer,

    /// <summary>The registry, or what stands before it, answers with a server error.</summary>
    ServerError,

    /// <summary>The credentials themselves are refused.</summary>
    CredentialsRefused,

    /// <summary>Access is refused: no credentials, or none that suffice.</summary>
    AccessDenied,

    /// <summary>The repository does not exist.</summary>
    RepositoryNotFound,

    /// <summary>The tag or digest does not exist.</summary>
    ManifestNotFound,

    /// <summary>The image's signature is not accepted by the node's policy.</summary>
    SignatureRefused,

    /// <summary>The container runtime itself does not answer the kubelet.</summary>
    RuntimeDown,
}
