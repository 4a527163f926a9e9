using KubeLint.Cluster.Api;
using KubeLint.Cluster.Snapshots;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>Why pods are not made at all, or find no node: the kubelet never gets to the image then.</summary>
internal static class CreationCauses
{
    public static IEnumerable<Cause> Find(ClusterSnapshot snapshot)
    {
        var space = snapshot.Namespace;
        var short0 = snapshot.Pods.Count == 0;
        var account = snapshot.ServiceAccountName;
        var refused = false;
        foreach (var (message, source) in Refusals(snapshot))
        {
            refused = true;
            if (Has(message, "serviceaccount") && Has(message, "not found"))
            {
                yield return AccountMissing(space, account, 125, $"{source}: {message}");
            }
            else if (Has(message, "exceeded quota"))
            {
                yield return new Cause
                {
                    Kind = CauseKind.QuotaExceeded,
                    Weight = short0 ? 125 : 105,
                    Title = $"A resource quota of namespace {space} refuses the pods.",
                    Evidence = [$"{source}: {message}", .. snapshot.Quotas.Select(DescribeQuota)],
                    Steps = ["Ask for less (requests, limits, replicas), or raise the quota. The kubelet never got to pull the image."],
                    Commands = [new($"kubectl -n {space} describe resourcequota", "show what is used of the quota")],
                };
            }
            else if (Has(message, "maximum ") || Has(message, "minimum ") || Has(message, "limitranger") || Has(message, "must specify limits"))
            {
                yield return new Cause
                {
                    Kind = CauseKind.QuotaExceeded,
                    Weight = short0 ? 124 : 104,
                    Title = $"A limit range of namespace {space} refuses the pods.",
                    Evidence = [$"{source}: {message}", .. snapshot.LimitRanges.Select(range => $"LimitRange {range.Name}")],
                    Steps = ["Set requests and limits that the limit range allows, or change it. The kubelet never got to pull the image."],
                    Commands = [new($"kubectl -n {space} describe limitrange", "show the limits")],
                };
            }
            else
            {
                yield return new Cause
                {
                    Kind = CauseKind.PodRefused,
                    Weight = short0 ? 120 : 60,
                    Title = "The API server refuses to make the pods.",
                    Evidence = [$"{source}: {message}"],
                    Steps = ["Change what the message names. The kubelet never got to pull the image."],
                };
            }
        }

        // Pods that are there were let in with their account; one that is gone since does not keep an image away.
        if (snapshot.ServiceAccountMissing && !refused && short0)
        {
            yield return AccountMissing(space, account, 122, $"ServiceAccount {space}/{account} does not exist");
        }

        if (!refused && short0 && !snapshot.ServiceAccountMissing && !snapshot.ArePodsUnknown && WantsAnyPods(snapshot.Workload!))
        {
            yield return new Cause
            {
                Kind = CauseKind.PodRefused,
                Weight = 42,
                Title = $"{snapshot.Workload} has no pods, and neither conditions nor events say why.",
                Evidence = [$"{snapshot.Workload}: no pod is owned by it"],
                Steps = ["The events are gone after an hour: restart the workload and look again, or see whether its controller works (kube-controller-manager)."],
                Commands = [new($"kubectl -n {space} describe {snapshot.Workload!.Type.Kind.ToLowerInvariant()} {snapshot.Workload.Name}", "show its conditions and events")],
            };
        }

        foreach (var pod in snapshot.Pods)
        {
            if (pod.Condition("PodScheduled") is { Status: "False" } scheduled && pod.Root.Text("spec", "nodeName") is null)
            {
                yield return Unschedulable(snapshot, pod, scheduled.Message);
                break;
            }
        }
    }

    private static Cause Unschedulable(ClusterSnapshot snapshot, ClusterObject pod, string message)
    {
        var evidence = $"pod {pod.Name}: {message}";
        if (Has(message, "disk-pressure"))
        {
            return NodeCauses.NoSpace(snapshot.Nodes.Values.FirstOrDefault(node => node.Condition("DiskPressure") is { Status: "True" })?.Name, 112, [evidence], null);
        }

        if (Has(message, "node.kubernetes.io/not-ready") || Has(message, "node.kubernetes.io/unreachable"))
        {
            return NodeCauses.NotReady(
                snapshot.Nodes.Values.FirstOrDefault(node => node.Condition("Ready") is not { Status: "True" })?.Name,
                112,
                [evidence]);
        }

        return new Cause
        {
            Kind = CauseKind.Unschedulable,
            Weight = 90,
            Title = "The scheduler finds no node for the pod.",
            Evidence = [evidence],
            Steps = ["Change what the message names: requests, node selector, tolerations, volumes. No node has tried to pull the image."],
            Commands = [new($"kubectl -n {snapshot.Namespace} describe pod {pod.Name}", "show the scheduler's reasons")],
        };
    }

    private static Cause AccountMissing(string space, string account, int weight, string evidence) => new()
    {
        Kind = CauseKind.ServiceAccountMissing,
        Weight = weight,
        Title = $"The pods' service account {account} does not exist in namespace {space}.",
        Evidence = [evidence],
        Steps = [$"Make the service account {account} (in the chart's values or as a manifest in the repository), or name one that exists."],
        Commands =
        [
            new($"kubectl -n {space} get serviceaccounts", "show the service accounts that exist"),
            new($"kubectl -n {space} create serviceaccount {account}", "make it until the repository does"),
        ],
    };

    /// <summary>What controllers were told when they made pods: conditions stay, events go after an hour. Each text once.</summary>
    private static IEnumerable<(string Message, string Source)> Refusals(ClusterSnapshot snapshot)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in snapshot.Between.Prepend(snapshot.Workload!))
        {
            // An older ReplicaSet's trouble is past.
            if (item.Type == ResourceType.ReplicaSet && item.Root.Number("spec", "replicas") == 0)
            {
                continue;
            }

            if (item.Condition("ReplicaFailure") is { Status: "True" } failure && seen.Add(Kernel(failure.Message)))
            {
                yield return (failure.Message, $"{item}, condition ReplicaFailure");
            }

            if (WantsPods(item) is false)
            {
                continue;
            }

            foreach (var e in snapshot.Events)
            {
                if (e.Reason == "FailedCreate" && e.IsAbout(item) && seen.Add(Kernel(e.Message)))
                {
                    yield return (e.Message, $"event FailedCreate of {item}");
                }
            }
        }
    }

    /// <summary>Whether a workload should have pods now; a release or a CronJob need not.</summary>
    private static bool WantsAnyPods(ClusterObject item) => item.Type.Kind switch
    {
        "Deployment" or "StatefulSet" => (item.Root.Number("spec", "replicas") ?? 1) > 0,
        "DaemonSet" => item.Root.Number("status", "desiredNumberScheduled") is > 0,
        "Job" => !item.Root.Flag("spec", "suspend") && item.Condition("Complete") is not { Status: "True" } && (item.Root.Number("status", "succeeded") ?? 0) == 0,
        _ => false,
    };

    /// <summary>Whether it still lacks pods: events outlive their trouble.</summary>
    private static bool WantsPods(ClusterObject item) => item.Type.Kind switch
    {
        "ReplicaSet" or "StatefulSet" => (item.Root.Number("status", "replicas") ?? 0) < (item.Root.Number("spec", "replicas") ?? 1),
        "DaemonSet" => (item.Root.Number("status", "currentNumberScheduled") ?? 0) < (item.Root.Number("status", "desiredNumberScheduled") ?? 1),
        "Job" => (item.Root.Number("status", "active") ?? 0) + (item.Root.Number("status", "succeeded") ?? 0) == 0,
        _ => true,
    };

    /// <summary>Pod names differ from try to try.</summary>
    private static string Kernel(string message) =>
        message.IndexOf("forbidden:", StringComparison.Ordinal) is >= 0 and var at ? message[at..] : message;

    private static string DescribeQuota(ClusterObject quota)
    {
        var hard = quota.Root.Table("status", "hard");
        return $"ResourceQuota {quota.Name}: " + string.Join(", ", hard.Select(pair => $"{pair.Key} {quota.Root.Text("status", "used", pair.Key) ?? "0"} of {pair.Value}"));
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
