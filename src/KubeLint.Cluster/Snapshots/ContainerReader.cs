using System.Text.Json;
using KubeLint.Cluster.Api;
using KubeLint.Cluster.Pulls;

namespace KubeLint.Cluster.Snapshots;

/// <summary>Reads the containers of pods from spec, status and events.</summary>
public static class ContainerReader
{
    private static readonly HashSet<string> pullReasons =
    [
        "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable", "ImageInspectError",
        "SignatureValidationFailed", "ErrImagePullBackOff",
    ];

    /// <summary>Whether a container that waits for this reason waits for an image.</summary>
    public static bool IsPullReason(string reason) => pullReasons.Contains(reason);

    /// <summary>The containers of a pod, init containers first.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="events">Events, newest first.</param>
    public static IReadOnlyList<ContainerView> Read(ClusterObject pod, IReadOnlyList<ClusterEvent> events)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentNullException.ThrowIfNull(events);
        var own = events.Where(e => e.IsAbout(pod)).ToList();
        return
        [
            .. ReadList(pod, "initContainers", "initContainerStatuses", own),
            .. ReadList(pod, "containers", "containerStatuses", own),
            .. ReadList(pod, "ephemeralContainers", "ephemeralContainerStatuses", own),
        ];
    }

    private static List<ContainerView> ReadList(ClusterObject pod, string specs, string statuses, List<ClusterEvent> events)
    {
        var views = new List<ContainerView>();
        foreach (var spec in pod.Root.Items("spec", specs))
        {
            var name = spec.Text("name") ?? "";
            JsonElement status = default;
            foreach (var candidate in pod.Root.Items("status", statuses))
            {
                if (candidate.Text("name") == name)
                {
                    status = candidate;
                }
            }

            var image = spec.Text("image") ?? "";
            var reference = ContainerView.Parse(image);
            var reason = status.Text("state", "waiting", "reason");
            var message = status.Text("state", "waiting", "message");
            var failures = Failures(name, image, reference?.Registry, reason, message, status, events);
            views.Add(new ContainerView
            {
                Pod = pod,
                Name = name,
                Image = image,
                Reference = reference,
                PullPolicy = spec.Text("imagePullPolicy") ?? (reference is { Digest: null, Tag: null or "latest" } ? "Always" : "IfNotPresent"),
                WaitingReason = reason,
                WaitingMessage = message,
                IsRunning = status.At("state", "running").ValueKind == JsonValueKind.Object,
                IsReady = status.Flag("ready") || status.Number("state", "terminated", "exitCode") == 0,
                Ended = status.Number("state", "terminated", "exitCode") is > 0 and var exitCode ? $"exit code {exitCode}, {status.Text("state", "terminated", "reason") ?? "no reason"}" : null,
                ImageId = status.Text("imageID") ?? "",
                Failure = failures.Count > 0 ? failures[0] : null,
                OtherFailures = failures.Count > 1 ? failures.GetRange(1, failures.Count - 1) : [],
            });
        }

        return views;
    }

    /// <summary>The troubles of the pull, the decisive one first: the status is of now, events are the newest that say more than "back-off".</summary>
    private static List<PullFailure> Failures(
        string name,
        string image,
        string? registry,
        string? reason,
        string? message,
        JsonElement status,
        List<ClusterEvent> events)
    {
        var failures = new List<PullFailure>();
        var waits = reason is not null && pullReasons.Contains(reason);

        // Before the first status that says so, the kubelet's events do.
        var silent = reason is null or "ContainerCreating" or "PodInitializing" && status.At("state", "running").ValueKind == JsonValueKind.Undefined
            && status.At("state", "terminated").ValueKind == JsonValueKind.Undefined;
        if (!waits && !silent)
        {
            return failures;
        }

        PullFailure? vague = null;
        if (waits)
        {
            var classified = PullFailureClassifier.Classify($"{message ?? ""}", registry);
            if (classified.Kind is PullFailureKind.BackOffOnly or PullFailureKind.Unclassified)
            {
                // The reason says something where the message does not.
                var byReason = PullFailureClassifier.Classify(reason!, registry);
                vague = byReason.Kind is PullFailureKind.Unclassified
                    ? classified with { Message = classified.Message.Length > 0 ? classified.Message : reason! }
                    : byReason with { Message = classified.Message.Length > 0 ? classified.Message : reason! };
                if (byReason.Kind is PullFailureKind.NeverPull or PullFailureKind.InvalidName)
                {
                    failures.Add(vague);
                }
            }
            else
            {
                failures.Add(classified);
            }
        }

        foreach (var e in events)
        {
            if (!IsPullFailure(e) || !(e.FieldPath.Contains($"{{{name}}}", StringComparison.Ordinal) || e.Message.Contains(image, StringComparison.Ordinal)))
            {
                // A pull that worked ends the older troubles.
                if (e.Reason == "Pulled" && e.FieldPath.Contains($"{{{name}}}", StringComparison.Ordinal))
                {
                    break;
                }

                continue;
            }

            var classified = PullFailureClassifier.Classify(e.Message, registry);
            if (classified.Kind is PullFailureKind.BackOffOnly || failures.Exists(failure => failure.Kind == classified.Kind))
            {
                continue;
            }

            if (classified.Kind == PullFailureKind.Unclassified)
            {
                vague = vague is null || vague.Kind == PullFailureKind.BackOffOnly ? classified : vague;
                continue;
            }

            failures.Add(classified);
        }

        if (failures.Count == 0 && vague is not null)
        {
            failures.Add(vague);
        }

        return failures;
    }

    /// <summary>Whether an event tells of a failing pull; <c>Error: ImagePullBackOff</c> beside it says nothing more.</summary>
    private static bool IsPullFailure(ClusterEvent e) =>
        (e.Reason is "Failed" && e.Message.Contains("image", StringComparison.OrdinalIgnoreCase) && !e.Message.StartsWith("Error: ", StringComparison.Ordinal) && !e.Message.Contains("}: Error: ", StringComparison.Ordinal))
        || e.Reason is "InspectFailed" or "ErrImageNeverPull" or "FailedToInspectImage";
}
