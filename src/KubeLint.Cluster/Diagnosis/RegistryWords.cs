using KubeLint.Registry;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>A registry's answer in words.</summary>
public static class RegistryWords
{
    /// <summary>One phrase without a final stop.</summary>
    public static string Describe(RegistryAnswer answer) => answer switch
    {
        RegistryAnswer.Exists exists => $"it exists ({exists.Digest})",
        RegistryAnswer.NotFound { RepositoryMissing: true } found => $"there is no such repository ({found.Code})",
        RegistryAnswer.NotFound found => $"there is no such manifest ({found.Code})",
        RegistryAnswer.Denied { WithCredentials: true } denied => $"it refuses the credentials ({denied.Status})",
        RegistryAnswer.Denied denied => $"it wants credentials ({denied.Status})",
        RegistryAnswer.RateLimited => "too many requests (429)",
        RegistryAnswer.Unreachable unreachable => $"not reachable from here ({Words(unreachable.Reason)}), which says nothing about the node",
        RegistryAnswer.Unexpected unexpected => $"an unexpected answer: {unexpected.Message}",
        _ => "no answer",
    };

    private static string Words(UnreachableReason reason) => reason switch
    {
        UnreachableReason.Dns => "the name does not resolve",
        UnreachableReason.Refused => "connection refused",
        UnreachableReason.Timeout => "no answer in time",
        UnreachableReason.NoRoute => "no route",
        UnreachableReason.UnknownAuthority => "unknown certificate authority",
        UnreachableReason.Tls => "TLS fails",
        _ => "the connection breaks",
    };
}
