using System.Collections.Immutable;

using KubeLint.Analysis;

namespace KubeLint.Rules.Security;

/// <summary>Reports pods that get the socket of the node's container runtime.</summary>
public sealed class ContainerRuntimeSocket : Rule
{
    private static readonly ImmutableHashSet<string> Sockets =
    [
        "/run/docker.sock", "/run/containerd/containerd.sock", "/run/containerd", "/run/crio/crio.sock", "/run/crio", "/run/cri-dockerd.sock",
        "/run/k3s/containerd/containerd.sock", "/run/k3s/containerd", "/run/podman/podman.sock", "/run/dockershim.sock", "/run/k0s/containerd.sock",
        "/run/snap.microk8s.containerd/containerd.sock", "/snap/microk8s/common/run/containerd.sock",
    ];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7042", "container-runtime-socket", "A pod gets the socket of the node's container runtime", Severity.Warning)
        {
            Reference = new("https://kubernetes.io/docs/concepts/storage/volumes/#hostpath"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.AppliedPod((context, pod) =>
    {
        foreach (var volume in pod.Volumes)
        {
            if (volume is { Type: "hostPath", Target: { IsUnknown: false } path } && HostPaths.Normalize(path.Value) is { } normal && Sockets.Contains(normal))
            {
                context.Report(
                    path,
                    $"The volume '{volume.Name}' gives the pod the node's container runtime: it can start privileged containers beside Kubernetes and read those of all others",
                    "Use the Kubernetes API, or a builder that needs no runtime (BuildKit rootless, Kaniko's successors), instead of the socket");
            }
        }
    });
}
