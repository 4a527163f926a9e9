using System.Collections.Immutable;

using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports mounts of the node's own directories that hold its secrets or its programs.</summary>
public sealed class HostPathSensitive : Rule<HostPathSensitive.HostPathSensitiveOptions>
{
    private static readonly ImmutableArray<(string Path, string What)> Whole =
    [
        ("/", "the whole file system of the node"), ("/var", "all that the node keeps"), ("/run", "the sockets of all of the node's services"),
        ("/dev", "all devices of the node, its disks among them"), ("/var/lib", "all that the node's services keep"),
    ];

    private static readonly ImmutableArray<(string Path, string What)> Below =
    [
        ("/etc/kubernetes", "the node's own credentials for the cluster"), ("/etc", "the node's configuration"), ("/root", "the home of the node's root"), ("/boot", "what the node starts from"),
        ("/proc", "all processes of the node"), ("/var/lib/kubelet", "the secrets of all pods on the node"), ("/var/lib/etcd", "all of the cluster's secrets"),
        ("/var/lib/docker", "the files of all containers on the node"), ("/var/lib/containerd", "the files of all containers on the node"),
        ("/var/lib/rancher", "the cluster's credentials and database"), ("/var/lib/k0s", "the cluster's credentials and database"), ("/system/secrets", "the node's own secrets"),
        ("/usr", "the node's programs"), ("/bin", "the node's programs"), ("/sbin", "the node's programs"),
    ];

    // What tells nothing and is mounted often.
    private static readonly ImmutableArray<string> Harmless =
    [
        "/etc/localtime", "/etc/timezone", "/etc/machine-id", "/etc/os-release", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf", "/etc/ssl", "/etc/pki", "/etc/ca-certificates",
        "/etc/cni", "/etc/nvme", "/etc/iscsi", "/etc/multipath", "/etc/multipath.conf", "/var/lib/kubelet/device-plugins", "/var/lib/kubelet/pod-resources", "/var/lib/kubelet/plugins_registry", "/var/lib/kubelet/plugins",
        "/usr/share", "/usr/lib", "/usr/src", "/usr/local/nvidia", "/proc/sys", "/etc/lsb-release", "/etc/passwd", "/etc/group",
    ];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7043", "host-path-sensitive", "A pod mounts a directory that holds the node's secrets or programs", Severity.Info)
        {
            Reference = new("https://kubernetes.io/docs/concepts/storage/volumes/#hostpath"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.AppliedPod((context, pod) =>
    {
        foreach (var volume in pod.Volumes)
        {
            if (volume is { Type: "hostPath", Target: { IsUnknown: false } path } && HostPaths.Normalize(path.Value) is { } normal && WhatIs(normal) is { } what)
            {
                context.Report(
                    path,
                    $"The volume '{volume.Name}' gives the pod '{path.Value}': {what}",
                    "Mount the one file or directory that the program reads, and with `readOnly: true`");
            }
        }
    });

    private string? WhatIs(string path)
    {
        if (Options.Allowed.Any(allowed => HostPaths.IsAtOrBelow(path, allowed)) || Harmless.Any(harmless => HostPaths.IsAtOrBelow(path, harmless)))
        {
            return null;
        }

        foreach (var (whole, what) in Whole)
        {
            if (path == whole)
            {
                return what;
            }
        }

        foreach (var (directory, what) in Below)
        {
            if (HostPaths.IsAtOrBelow(path, directory))
            {
                return what;
            }
        }

        return null;
    }

    /// <summary>The options of KL7043.</summary>
    public sealed record HostPathSensitiveOptions
    {
        /// <summary>Paths that pods may mount, with all below them: <c>/etc/my-agent</c>.</summary>
        public ImmutableArray<string> Allowed { get; init; } = [];
    }
}
