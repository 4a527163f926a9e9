namespace KubeLint.Cluster.Pulls;

/// <summary>A complaint about a pull, taken apart.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Message">The words, on one line, without the query strings of addresses (they can carry signatures).</param>
/// <param name="Host">The host that the failing request went to, with its port, if the words name one.</param>
/// <param name="Digest">The digest that they name, if any.</param>
/// <param name="DnsServer">The address of the DNS server that was asked, if they name one.</param>
/// <param name="Address">The IP address and port that was dialled, if they name one.</param>
/// <param name="ThroughMirror">Whether the request went to a mirror in place of the registry (containerd's <c>?ns=</c>, CRI-O's "Mirrors also failed").</param>
/// <param name="MirrorHost">The mirror's host, where one is named.</param>
public sealed record PullFailure(
    PullFailureKind Kind,
    string Message,
    string? Host = null,
    string? Digest = null,
    string? DnsServer = null,
    string? Address = null,
    bool ThroughMirror = false,
    string? MirrorHost = null)
{
    /// <summary>Whether the network between node and registry is what failed.</summary>
    public bool IsNetwork => Kind is PullFailureKind.Dns or PullFailureKind.Refused or PullFailureKind.NoRoute or PullFailureKind.Timeout or PullFailureKind.Broken;

    /// <summary>Whether access is what failed.</summary>
    public bool IsAccess => Kind is PullFailureKind.AccessDenied or PullFailureKind.CredentialsRefused or PullFailureKind.NeedsCredentials;
}
