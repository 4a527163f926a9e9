using System.Collections.Immutable;

namespace KubeLint.Registry;

/// <summary>
/// What is known of an image after asking its registry: a closed set. Only <see cref="NotFound"/> says that the image is not there;
/// refusals and network trouble say nothing about it.
/// </summary>
public abstract record RegistryAnswer
{
    private RegistryAnswer()
    {
    }

    /// <summary>The manifest is there.</summary>
    /// <param name="Digest">Digest of the manifest or index that the reference names.</param>
    /// <param name="MediaType">Its media type.</param>
    /// <param name="Platforms">The platforms that it has images for; empty when they were not asked for.</param>
    /// <param name="RateLimit">What is left of the pull limit, where the registry says so.</param>
    public sealed record Exists(string Digest, string MediaType, ImmutableArray<Platform> Platforms, RateLimit? RateLimit) : RegistryAnswer;

    /// <summary>The registry says that there is no such manifest or repository.</summary>
    /// <param name="Code">Error code of the distribution specification (<c>MANIFEST_UNKNOWN</c>), or the status <c>404</c> alone.</param>
    /// <param name="RepositoryMissing">Whether it is the repository that is unknown, not only the tag or digest.</param>
    /// <param name="Message">What the registry said, on one line.</param>
    public sealed record NotFound(string Code, bool RepositoryMissing, string Message) : RegistryAnswer;

    /// <summary>The registry refuses: the image may or may not exist.</summary>
    /// <param name="Status">HTTP status (401 or 403).</param>
    /// <param name="WithCredentials">Whether credentials were sent, so that they are what is refused.</param>
    /// <param name="Message">What the registry said, on one line.</param>
    public sealed record Denied(int Status, bool WithCredentials, string Message) : RegistryAnswer;

    /// <summary>Too many requests, also after waiting as told.</summary>
    /// <param name="RetryAfter">How long the registry asks to wait, if it says so.</param>
    /// <param name="Limit">The limit, if it says so.</param>
    /// <param name="Message">What the registry said, on one line.</param>
    public sealed record RateLimited(TimeSpan? RetryAfter, RateLimit? Limit, string Message) : RegistryAnswer;

    /// <summary>No answer over the network.</summary>
    /// <param name="Reason">What stopped it.</param>
    /// <param name="Message">The system's words.</param>
    public sealed record Unreachable(UnreachableReason Reason, string Message) : RegistryAnswer;

    /// <summary>An answer that the distribution specification does not know here.</summary>
    /// <param name="Status">HTTP status, if there was one.</param>
    /// <param name="Message">What was wrong with it.</param>
    public sealed record Unexpected(int? Status, string Message) : RegistryAnswer;
}

/// <summary>What kept a registry from answering.</summary>
public enum UnreachableReason
{
    /// <summary>The name does not resolve.</summary>
    Dns,

    /// <summary>The host refuses the connection.</summary>
    Refused,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>No route to the host or its network.</summary>
    NoRoute,

    /// <summary>The certificate's authority is not known here.</summary>
    UnknownAuthority,

    /// <summary>TLS failed in another way: name mismatch, expired certificate, plain HTTP at the address.</summary>
    Tls,

    /// <summary>The connection broke.</summary>
    Broken,
}
