using KubeLint.Cluster.Api;
using KubeLint.Cluster.Pulls;
using KubeLint.Cluster.Snapshots;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>The node: ready, with room, of the right platform.</summary>
internal static class NodeCauses
{
    public static IEnumerable<Cause> Find(ClusterSnapshot snapshot)
    {
        foreach (var pod in snapshot.Pods)
        {
            if (pod.Root.Text("spec", "nodeName") is not { } name || !snapshot.Nodes.TryGetValue(name, out var node))
            {
                continue;
            }

            var containers = snapshot.Containers.Where(container => container.Pod == pod).ToList();
            if (containers.Count > 0 && containers.TrueForAll(container => container.IsReady))
            {
                continue;
            }

            // A registry's own words come from a kubelet that worked.
            var failures = containers.Select(container => container.Failure).OfType<PullFailure>().ToList();
            var decided = failures.Exists(failure => !failure.IsNetwork && failure.Kind is not (PullFailureKind.BackOffOnly or PullFailureKind.Unclassified));
            if (node.Condition("Ready") is { } ready && ready.Status != "True")
            {
                yield return NotReady(name, decided ? 62 : 116, [$"node {name}: Ready={ready.Status}, {ready.Reason}: {ready.Message}", $"pod {pod.Name} is on it"]);
            }

            if (containers.Find(container => container.Failure?.Kind == PullFailureKind.RuntimeDown) is { } silent)
            {
                yield return RuntimeDown(name, $"pod {pod.Name}, container {silent.Name}: {silent.Failure!.Message}");
            }

            var full = containers.Find(container => container.Failure?.Kind == PullFailureKind.NoSpace);
            if (full is not null)
            {
                yield return NoSpace(name, 114, [$"pod {pod.Name}, container {full.Name}: {full.Failure!.Message}", .. Pressure(node)], full);
            }
            else if (node.Condition("DiskPressure") is { Status: "True" })
            {
                yield return NoSpace(name, decided ? 61 : 108, [.. Pressure(node)], null);
            }
            else if (pod.Root.Text("status", "reason") == "Evicted" && (pod.Root.Text("status", "message") ?? "").Contains("ephemeral-storage", StringComparison.Ordinal))
            {
                yield return NoSpace(name, 100, [$"pod {pod.Name} was evicted: {pod.Root.Text("status", "message")}"], null);
            }
        }

        foreach (var container in snapshot.Containers)
        {
            if (container.Failure is not { } failure)
            {
                continue;
            }

            var node = snapshot.NodeOf(container);
            var architecture = node?.Root.Text("status", "nodeInfo", "architecture");
            var os = node?.Root.Text("status", "nodeInfo", "operatingSystem") ?? "linux";
            var platforms = snapshot.Registries.GetValueOrDefault(container.Image)?.Found?.Platforms ?? [];
            var lacking = architecture is not null && !platforms.IsDefaultOrEmpty && !platforms.Any(platform => platform.Runs(os, architecture));
            if (failure.Kind == PullFailureKind.NoPlatform || (lacking && failure.Kind == PullFailureKind.ManifestNotFound))
            {
                var evidence = new List<string> { $"pod {container.Pod.Name}, container {container.Name}: {failure.Message}" };
                if (architecture is not null)
                {
                    evidence.Add($"node {node!.Name} is {os}/{architecture}");
                }

                if (!platforms.IsDefaultOrEmpty)
                {
                    evidence.Add($"the registry has {string.Join(", ", platforms)}");
                }

                yield return new Cause
                {
                    Kind = CauseKind.NoPlatform,
                    Weight = 113,
                    Title = $"{container.Image} has no image for the node's platform{(architecture is null ? "" : $" {os}/{architecture}")}.",
                    Evidence = evidence,
                    Container = container,
                    Explains = [CauseKind.TagNotFound],
                    Goal = EditGoal.Tag,
                    Steps = ["Use a tag that has the platform, build the image for it, or let the pod run only on nodes that it has (nodeSelector kubernetes.io/arch)."],
                    Commands =
                    [
                        new("kubectl get nodes -L kubernetes.io/arch,kubernetes.io/os", "show the nodes' platforms"),
                        new($"skopeo inspect --raw docker://{container.Image}", "show the platforms of the image"),
                    ],
                };
            }
        }
    }

    private static Cause RuntimeDown(string node, string evidence) => new()
    {
        Kind = CauseKind.NodeNotReady,
        Weight = 117,
        Title = $"The container runtime of node {node} does not answer the kubelet, so nothing is pulled.",
        Evidence = [evidence],
        Steps = ["Look at the runtime's service on the node and start it again; where it does not stay up, look at its log and its disk."],
        Commands =
        [
            new("systemctl status containerd crio docker", $"on {node}: show the runtime's service"),
            new("journalctl -u containerd -u crio -u docker --since -1h", $"on {node}: show its log"),
        ],
    };

    public static Cause NotReady(string? node, int weight, IReadOnlyList<string> evidence) => new()
    {
        Kind = CauseKind.NodeNotReady,
        Weight = weight,
        Title = node is null ? "No node is ready." : $"Node {node} is not ready: its kubelet does not pull images.",
        Evidence = evidence,
        Steps = ["Bring the node back (kubelet, container runtime, network), or drain it so that the pod starts elsewhere."],
        Commands = node is null
            ? [new("kubectl get nodes", "show the nodes")]
            : [
                new($"kubectl describe node {node}", "show its conditions"),
                new($"kubectl drain {node} --ignore-daemonsets --delete-emptydir-data", "move its pods elsewhere"),
            ],
    };

    public static Cause NoSpace(string? node, int weight, IReadOnlyList<string> evidence, ContainerView? container) => new()
    {
        Kind = CauseKind.NoSpace,
        Weight = weight,
        Title = node is null ? "The nodes are out of disk space." : $"Node {node} has no disk space for the image.",
        Evidence = evidence,
        Container = container,
        Steps = ["Free space on the node (unused images, logs, emptyDir volumes), or give its image store a larger disk."],
        Commands = node is null
            ? [new("kubectl describe nodes", "show which node is under disk pressure")]
            : [
                new($"kubectl describe node {node}", "show its conditions"),
                new($"kubectl debug node/{node} -it --image=busybox -- df -h /host/var/lib", "show its disks"),
                new("crictl rmi --prune", $"on {node}: remove images that nothing uses"),
            ],
    };

    /// <summary>The names under which a node has an image, or none.</summary>
    public static IReadOnlyList<string> ImagesOnNode(ClusterObject? node, ContainerView container)
    {
        if (node is null || container.Reference is not { } wanted)
        {
            return [];
        }

        var found = new List<string>();
        foreach (var image in node.Root.Items("status", "images"))
        {
            var names = image.Items("names").Select(name => name.GetString() ?? "").ToList();
            var same = names.Exists(name => ContainerView.Parse(name) is { } parsed && parsed.Name == wanted.Name
                && (wanted.Digest is not null ? parsed.Digest == wanted.Digest : parsed.Digest is null && parsed.Reference == wanted.Reference));
            if (same)
            {
                found.AddRange(names);
            }
        }

        return found;
    }

    private static IEnumerable<string> Pressure(ClusterObject node)
    {
        if (node.Condition("DiskPressure") is { Status: "True" } pressure)
        {
            yield return $"node {node.Name}: DiskPressure=True, {pressure.Reason}: {pressure.Message}";
        }
    }
}
