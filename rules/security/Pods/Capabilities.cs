namespace KubeLint.Rules.Security;

/// <summary>Capabilities of Linux.</summary>
internal static class Capabilities
{
    /// <summary>The name without <c>CAP_</c>, in capitals.</summary>
    public static string Normalize(string name)
    {
        var upper = name.ToUpperInvariant();
        return upper.StartsWith("CAP_", StringComparison.Ordinal) ? upper[4..] : upper;
    }

    /// <summary>What a container can do with it, as the end of a sentence.</summary>
    public static string Effect(string name) => name switch
    {
        "ALL" => "do nearly all that root on the node can",
        "SYS_ADMIN" => "mount file systems and leave its namespaces: it is close to root on the node",
        "SYS_MODULE" => "load code into the node's kernel",
        "SYS_PTRACE" => "read and change the memory of other processes",
        "SYS_RAWIO" => "reach the node's hardware directly",
        "SYS_BOOT" => "restart the node",
        "DAC_READ_SEARCH" => "open files of the node whatever their permissions are",
        "NET_ADMIN" => "change its network, and the node's where it shares that",
        "NET_RAW" => "forge packets",
        "BPF" => "load programs into the node's kernel",
        "MAC_ADMIN" or "MAC_OVERRIDE" => "change or pass by the node's mandatory access control",
        _ => "do what containers cannot by default",
    };
}
