using KubeLint.Cluster.Api;
using KubeLint.Cluster.Pulls;
using KubeLint.Cluster.Repository;
using KubeLint.Cluster.Snapshots;
using KubeLint.Registry;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>What was looked at, in the order of a person with a guide.</summary>
internal static class Looks
{
    private const int MostEvents = 5;

    public static IReadOnlyList<Look> Of(ClusterSnapshot snapshot, WrittenImage? written)
    {
        var looks = new List<Look>();
        void Add(LookState state, string area, string text) => looks.Add(new Look(state, area, text));

        Add(LookState.Good, "Connection", snapshot.Cluster);
        Add(
            snapshot.NamespaceExists switch { true => LookState.Good, false => LookState.Bad, _ => LookState.Unknown },
            "Namespace",
            snapshot.NamespaceExists == false ? $"{snapshot.Namespace} does not exist" : snapshot.Namespace);
        if (snapshot.Workload is not { } workload)
        {
            Add(LookState.Bad, "Workload", $"{snapshot.Name} was not found");
            AddNotChecked();
            return looks;
        }

        Workload();
        Pods();
        Events();
        Images();
        Secrets();
        Nodes();
        Limits();
        Policies();
        Registries();
        Flux();
        Repository();
        AddNotChecked();
        return looks;

        void Workload()
        {
            var wanted = workload.Root.Number("spec", "replicas");
            var ready = workload.Root.Number("status", "readyReplicas") ?? 0;
            var well = wanted is null ? snapshot.Containers.All(container => container.IsReady) : ready >= wanted;
            Add(well ? LookState.Good : LookState.Bad, "Workload", wanted is null ? workload.ToString() : $"{workload}: {ready} of {wanted} ready");
            foreach (var item in snapshot.Between.Where(item => item.Root.Number("spec", "replicas") != 0))
            {
                Add(item.Condition("ReplicaFailure") is { Status: "True" } ? LookState.Bad : LookState.Good, "Workload", item.ToString());
            }
        }

        void Pods()
        {
            if (snapshot.Pods.Count == 0)
            {
                Add(workload.Root.Number("spec", "replicas") == 0 ? LookState.Note : LookState.Bad, "Pods", "there are none");
            }

            foreach (var pod in snapshot.Pods)
            {
                var containers = snapshot.Containers.Where(container => container.Pod == pod).ToList();
                Add(containers.TrueForAll(container => container.IsReady) ? LookState.Good : LookState.Bad, "Pods",
                    $"{pod.Name}: {pod.Root.Text("status", "phase") ?? "Unknown"}{(pod.Root.Text("spec", "nodeName") is { } node ? $" on {node}" : ", on no node")}");
                foreach (var container in containers.Where(container => container.WaitingReason is not null))
                {
                    Add(LookState.Bad, "Pods", $"{pod.Name}, container {container.Name}: {container.WaitingReason}{(container.Failure is { } failure ? $": {failure.Message}" : "")}");
                }
            }
        }

        void Events()
        {
            foreach (var e in snapshot.Events.Where(e => e.Type == "Warning").Take(MostEvents))
            {
                Add(LookState.Note, "Events", $"{e.Reason} of {e.Kind} {e.Name}{(e.Count > 1 ? $" ({e.Count} times)" : "")}: {PullFailureClassifier.Classify(e.Message).Message}");
            }
        }

        void Images()
        {
            foreach (var container in snapshot.Containers.DistinctBy(container => (container.Name, container.Image)))
            {
                if (container.Reference is not { } image)
                {
                    Add(LookState.Bad, "Image", $"container {container.Name}: \"{container.Image}\" is no image reference");
                    continue;
                }

                Add(container.IsMutable ? LookState.Note : LookState.Good, "Image",
                    $"container {container.Name}: {container.Image}, from {image.Registry}, policy {container.PullPolicy}{(container.IsMutable ? "; the tag can change its meaning" : "")}");
            }
        }

        void Secrets()
        {
            Add(snapshot.ServiceAccountMissing ? (snapshot.Pods.Count == 0 ? LookState.Bad : LookState.Note) : snapshot.ServiceAccount is null ? LookState.Unknown : LookState.Good, "Pull secrets",
                $"service account {snapshot.ServiceAccountName}{(snapshot.ServiceAccountMissing ? " does not exist" : "")}");
            foreach (var secret in snapshot.PullSecrets)
            {
                var where = (secret.OnPod, secret.OnServiceAccount) switch { (true, true) => "on pod and service account", (true, _) => "on the pod", _ => "on the service account only" };
                var (state, text) = secret switch
                {
                    { State: ReadState.NotFound } => (LookState.Bad, "does not exist"),
                    { State: not ReadState.Ok } => (LookState.Unknown, "may not be read"),
                    { IsPullType: false } => (LookState.Bad, $"is of type {secret.Type}"),
                    { Defect: { } defect } => (LookState.Bad, defect.TrimEnd('.')),
                    _ => (LookState.Good, $"{secret.Type}, for {string.Join(", ", secret.Hosts)}"),
                };
                Add(state, "Pull secrets", $"{secret.Name} ({where}): {text}");
                foreach (var image in snapshot.Containers.Select(container => container.Reference).OfType<RegistryImage>().DistinctBy(image => image.Name))
                {
                    if (state == LookState.Good && !secret.Covers(image))
                    {
                        Add(LookState.Note, "Pull secrets", $"{secret.Name} has no entry for {image.Name}");
                    }
                }
            }

            if (snapshot.PullSecrets.Count == 0)
            {
                Add(LookState.Note, "Pull secrets", "none named: images are pulled without credentials");
            }
        }

        void Nodes()
        {
            foreach (var name in snapshot.Containers.Select(container => container.Node).OfType<string>().Distinct())
            {
                if (!snapshot.Nodes.TryGetValue(name, out var node))
                {
                    Add(LookState.Unknown, "Nodes", $"{name} could not be read");
                    continue;
                }

                var ready = node.Condition("Ready") is { Status: "True" };
                var full = node.Condition("DiskPressure") is { Status: "True" };
                var info = node.Root.At("status", "nodeInfo");
                Add(ready && !full ? LookState.Good : LookState.Bad, "Nodes",
                    $"{name}: {(ready ? "ready" : "not ready")}{(full ? ", under disk pressure" : "")}, {info.Text("operatingSystem") ?? "linux"}/{info.Text("architecture") ?? "?"}, {info.Text("containerRuntimeVersion") ?? "runtime unknown"}");
                foreach (var taint in node.Root.Items("spec", "taints"))
                {
                    Add(LookState.Note, "Nodes", $"{name}: taint {taint.Text("key")}{(taint.Text("value") is { Length: > 0 } value ? "=" + value : "")}:{taint.Text("effect")}");
                }

                foreach (var container in snapshot.Containers.Where(container => container.Node == name && container.Failure is not null).DistinctBy(container => container.Image))
                {
                    var there = NodeCauses.ImagesOnNode(node, container);
                    Add(LookState.Note, "Nodes", there.Count > 0 ? $"{name} has {container.Image}" : $"{name} does not list {container.Image} among its images");
                }
            }
        }

        void Limits()
        {
            foreach (var quota in snapshot.Quotas)
            {
                Add(LookState.Note, "Quotas", $"ResourceQuota {quota.Name}: {string.Join(", ", quota.Root.Table("status", "hard").Select(pair => $"{pair.Key} {quota.Root.Text("status", "used", pair.Key) ?? "0"} of {pair.Value}"))}");
            }

            foreach (var range in snapshot.LimitRanges)
            {
                Add(LookState.Note, "Quotas", $"LimitRange {range.Name}");
            }
        }

        void Policies()
        {
            foreach (var container in snapshot.Containers.Where(container => container.Failure is not null).DistinctBy(container => (container.Node, container.Image)))
            {
                if (snapshot.NodeOf(container) is { } node && container.Reference is { } image)
                {
                    var blocking = HostFirewall.Blocking(snapshot, node, image.Registry, container.Failure!.Address);
                    Add(blocking.Count > 0 ? LookState.Bad : LookState.Good, "Host firewall",
                        blocking.Count > 0 ? $"{string.Join(", ", blocking.Select(policy => policy.Name))} leaves {node.Name} no egress to {image.Registry}" : $"no host policy keeps {node.Name} from {image.Registry}");
                }
            }

            foreach (var policy in snapshot.NetworkPolicies.Where(policy => policy.Namespace == snapshot.Namespace))
            {
                Add(LookState.Note, "Network policies", $"{policy.Name}: holds for pods, not for pulls (the node's runtime pulls, in the host's network)");
            }

            if (snapshot.CoreDns is { } dns)
            {
                Add(LookState.Note, "Cluster DNS", $"CoreDNS: {dns.Root.Number("status", "availableReplicas") ?? 0} available; pulls use the host's resolver, not it");
            }
        }

        void Registries()
        {
            foreach (var (image, look) in snapshot.Registries)
            {
                Add(State(look.Anonymous), "Registry", $"{image}, without credentials: {RegistryWords.Describe(look.Anonymous)}");
                if (look.WithSecret is { } answer)
                {
                    Add(State(answer), "Registry", $"{image}, with {look.SecretName}: {RegistryWords.Describe(answer)}");
                }

                if (look.Found is { Platforms: { IsDefaultOrEmpty: false } platforms })
                {
                    Add(LookState.Note, "Registry", $"{image} is for {string.Join(", ", platforms)}");
                }

                if (look.Found?.RateLimit is { Remaining: { } left } limit)
                {
                    Add(left == 0 ? LookState.Bad : LookState.Note, "Registry", $"{left} of {limit.Limit} pulls left, asked from here");
                }
            }

            static LookState State(RegistryAnswer answer) => answer switch
            {
                RegistryAnswer.Exists => LookState.Good,
                RegistryAnswer.NotFound => LookState.Bad,
                RegistryAnswer.Denied or RegistryAnswer.RateLimited => LookState.Note,
                _ => LookState.Unknown,
            };
        }

        void Flux()
        {
            foreach (var item in FluxCauses.Chain(snapshot))
            {
                var suspended = item.Root.Flag("spec", "suspend");
                var ready = item.Condition("Ready");
                var revision = item.Root.Text("status", "lastAppliedRevision") ?? item.Root.Text("status", "artifact", "revision");
                Add(suspended || ready is null ? LookState.Note : ready is { Status: "False" } ? LookState.Bad : LookState.Good, "Flux",
                    $"{item}: {(suspended ? "suspended" : ready is null ? "no condition" : ready.Value.Status == "True" ? "ready" : $"{ready.Value.Reason}: {ready.Value.Message}")}{(revision is null ? "" : $", {revision}")}");
            }

            if (snapshot.HelmRelease is null && snapshot.Kustomizations.Count == 0)
            {
                Add(LookState.Note, "Flux", "no Flux object stands behind the workload");
            }
        }

        void Repository()
        {
            if (written is not null)
            {
                Add(LookState.Good, "Repository", $"{written.Path}:{written.TagLine} writes {written.Image.DisplayName}");
            }
        }

        void AddNotChecked()
        {
            foreach (var (area, why) in snapshot.NotChecked)
            {
                Add(LookState.Unknown, "Not checked", $"{area}: {why}");
            }
        }
    }
}
