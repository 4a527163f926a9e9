using KubeLint.Cluster.Pulls;
using KubeLint.Cluster.Snapshots;
using KubeLint.Registry;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>The image itself: its name, its tag, its limits; and containers whose image is there but that do not run.</summary>
internal static class ImageCauses
{
    public static IEnumerable<Cause> Find(ClusterSnapshot snapshot)
    {
        foreach (var container in snapshot.Containers)
        {
            if (container.Failure is not null)
            {
                foreach (var failure in container.OtherFailures.Prepend(container.Failure))
                {
                    if (OfFailure(snapshot, container, failure, failure == container.Failure) is { } cause)
                    {
                        yield return cause;
                    }
                }
            }
            else if (!container.IsReady && NotRunning(snapshot, container) is var (title, evidence, isSoft))
            {
                if (snapshot.Registries.GetValueOrDefault(container.Image) is { Found: null } look && (look.WithSecret ?? look.Anonymous) is RegistryAnswer.NotFound && !container.IsRunning
                    && container.ImageId.Length == 0)
                {
                    // It has not come to the pull yet, and will fail there.
                    yield return NotInRegistry(container, look);
                }

                yield return new Cause
                {
                    Kind = CauseKind.ContainerNotRunning,
                    Weight = isSoft ? Cause.Soft : 40,
                    Title = title,
                    Evidence = evidence,
                    Container = container,
                    Steps = ["Look at the container's logs and events."],
                    Commands =
                    [
                        new($"kubectl -n {snapshot.Namespace} logs {container.Pod.Name} -c {container.Name} --previous", "show what it wrote before it ended"),
                        new($"kubectl -n {snapshot.Namespace} describe pod {container.Pod.Name}", "show its events"),
                    ],
                };
            }
        }

        foreach (var cause in Moved(snapshot))
        {
            yield return cause;
        }
    }

    /// <summary>Why a container that has no trouble with its image is not ready; null where it has not been placed on a node: that is told elsewhere.</summary>
    private static (string Title, IReadOnlyList<string> Evidence, bool IsSoft)? NotRunning(ClusterSnapshot snapshot, ContainerView container)
    {
        var where = $"pod {container.Pod.Name}, container {container.Name}";
        if (container.WaitingReason is { } reason and not ("ContainerCreating" or "PodInitializing"))
        {
            return ($"The image is not the trouble: container {container.Name} waits with {reason}.", [$"{where}: {reason}: {container.WaitingMessage}"], false);
        }

        if (container.IsRunning)
        {
            return ($"The image is not the trouble: container {container.Name} runs, but is not ready.", [$"{where}: running, not ready", .. Warnings()], true);
        }

        if (container.Ended is { } ended)
        {
            return ($"The image is not the trouble: container {container.Name} ended with {ended}.", [$"{where}: {ended}"], false);
        }

        if (container.Node is null)
        {
            return null;
        }

        var warnings = Warnings().ToList();
        return warnings.Count > 0
            ? ($"Container {container.Name} is not made yet, and its image is not the trouble.", [$"{where}: {container.WaitingReason ?? "no status yet"}", .. warnings], true)
            : ($"Container {container.Name} is being made; nothing fails so far.", [$"{where}: {container.WaitingReason ?? "no status yet"}"], true);

        IEnumerable<string> Warnings() => snapshot.Events.Where(e => e.Type == "Warning" && e.IsAbout(container.Pod)).Take(2).Select(e => $"event {e.Reason}: {e.Message}");
    }

    private static Cause NotInRegistry(ContainerView container, RegistryLook look)
    {
        var answer = look.WithSecret ?? look.Anonymous;
        var isRepository = answer is RegistryAnswer.NotFound { RepositoryMissing: true } || look.RepositoryMissing;
        return new Cause
        {
            Kind = isRepository ? CauseKind.RepositoryMissingOrPrivate : CauseKind.TagNotFound,
            Weight = 45,
            Title = isRepository ? $"The repository {container.Reference?.Name} does not exist in its registry: the pull will fail." : $"{container.Image} does not exist in its registry: the pull will fail.",
            Evidence = [$"the registry, asked from here: {RegistryWords.Describe(answer)}"],
            Container = container,
            Goal = isRepository ? EditGoal.Name : EditGoal.Tag,
            Steps = ["Write an image that exists."],
            Commands = [new($"skopeo list-tags docker://{container.Reference?.Name}", "show the tags that exist")],
        };
    }

    private static Cause? OfFailure(ClusterSnapshot snapshot, ContainerView container, PullFailure failure, bool decisive)
    {
        var said = $"pod {container.Pod.Name}, container {container.Name}: {failure.Message}";
        var look = snapshot.Registries.GetValueOrDefault(container.Image);
        var evidence = new List<string> { said };
        if (look is not null)
        {
            evidence.Add($"the registry, asked from here: {RegistryWords.Describe(look.WithSecret ?? look.Anonymous)}");
        }

        // An earlier trouble of the same pull may be over.
        var less = decisive ? 0 : 45;
        var template = new Cause { Kind = CauseKind.UnknownPullFailure, Weight = 0, Title = "", Container = container, Evidence = evidence };
        var image = container.Reference;
        switch (failure.Kind)
        {
            case PullFailureKind.ManifestNotFound when look?.RepositoryMissing == true:
                return template with
                {
                    Kind = CauseKind.RepositoryMissingOrPrivate,
                    Weight = 104 - less,
                    Title = $"The repository {image?.Name} does not exist.",
                    Goal = EditGoal.Name,
                    Steps = ["Correct the image's name."],
                };
            case PullFailureKind.ManifestNotFound:
                if (look is { TagCount: { } count })
                {
                    evidence.Add($"the repository has {count} tags" + (look.Pin?.Version is { } version ? $"; the highest version near it is {version}" : ""));
                }
                else if (look?.Found is not null)
                {
                    evidence.Add("it exists now: it was pushed after the last try, or the node asks another registry");
                }

                return template with
                {
                    Weight = (look?.Found is null ? 102 : 99) - less,
                    Kind = CauseKind.TagNotFound,
                    Title = image?.Digest is null
                        ? $"The tag {image?.Reference ?? container.Image} does not exist in {image?.Name}."
                        : $"The digest {image.Value.Digest} does not exist in {image.Value.Name}.",
                    Goal = EditGoal.Tag,
                    Steps = ["Write a tag that exists."],
                    Commands = [new($"skopeo list-tags docker://{image?.Name}", "show the tags that exist")],
                };
            case PullFailureKind.RateLimited:
                var anonymous = !snapshot.PullSecrets.Any(secret => image is { } covered && secret.Covers(covered));
                evidence.Add(anonymous ? "the pod pulls without credentials: the limit counts for all nodes behind one address" : "the pod pulls with credentials: the limit is the account's");
                if (look?.Found?.RateLimit is { Remaining: { } left } limit)
                {
                    evidence.Add($"asked from here, {left} of {limit.Limit} pulls are left");
                }

                return template with
                {
                    Kind = CauseKind.RateLimited,
                    Weight = 112 - less,
                    Title = $"{image?.Registry}'s limit of pulls is reached.",
                    Explains = [CauseKind.RepositoryMissingOrPrivate],
                    Goal = EditGoal.TagAndPolicy,
                    Steps =
                    [
                        "Pull less often: pin the tag and set the policy to IfNotPresent, so that a restart takes the node's copy.",
                        anonymous ? $"Pull with an account: give the pod a pull secret for {image?.Registry}." : "Use an account with a higher limit, or a pull-through cache.",
                        "The limit is a window: pulls work again when it has passed.",
                    ],
                    Commands = anonymous
                        ? [new($"kubectl -n {snapshot.Namespace} create secret docker-registry registry --docker-server={(image?.Registry == "docker.io" ? "https://index.docker.io/v1/" : image?.Registry)} --docker-username=USER --docker-password=TOKEN", "make a pull secret")]
                        : [],
                };
            case PullFailureKind.KubeletThrottled:
                return template with
                {
                    Weight = 50 - less,
                    Title = "The kubelet pulls as fast as it may; this pull waits for its turn.",
                    Steps = ["Wait; or raise registryPullQPS in the kubelet's configuration."],
                };
            case PullFailureKind.InvalidName:
                return template with
                {
                    Kind = CauseKind.InvalidImageName,
                    Weight = 112 - less,
                    Title = $"\"{container.Image}\" is no valid image name.",
                    Goal = EditGoal.Name,
                    Steps = ["Correct the name: lower case, one colon before the tag, no scheme, no blanks, no empty variable."],
                };
            case PullFailureKind.NeverPull:
                return template with
                {
                    Kind = CauseKind.NeverPull,
                    Weight = 112 - less,
                    Title = $"The pull policy is Never and node {container.Node} does not have {container.Image}.",
                    Goal = EditGoal.TagAndPolicy,
                    Steps = ["Set the policy to IfNotPresent, or load the image on every node that may run the pod."],
                    Commands = [new($"kubectl get node {container.Node} -o jsonpath='{{range .status.images[*]}}{{.names}}{{\"\\n\"}}{{end}}'", "show the images that the node has")],
                };
            case PullFailureKind.SignatureRefused:
                return template with
                {
                    Kind = CauseKind.SignatureRefused,
                    Weight = 112 - less,
                    Title = $"The node's policy does not accept the signature of {container.Image}.",
                    Steps = ["Sign the image, or correct the node's policy (/etc/containers/policy.json)."],
                };
            case PullFailureKind.Unclassified or PullFailureKind.BackOffOnly when decisive:
                return template with
                {
                    Weight = 50,
                    Title = $"{container.Image} cannot be pulled, and neither status nor events say why.",
                    Steps = ["The events are gone after an hour: restart the pod and look again, or look at the runtime's log on the node."],
                    Commands =
                    [
                        new($"kubectl -n {snapshot.Namespace} delete pod {container.Pod.Name}", "start it again"),
                        new($"crictl pull {container.Image}", $"on {container.Node}: pull by hand"),
                    ],
                };
            default:
                return null;
        }
    }

    /// <summary>Pods of one workload that run different images under one name.</summary>
    private static IEnumerable<Cause> Moved(ClusterSnapshot snapshot)
    {
        foreach (var group in snapshot.Containers
            .Where(container => container is { Reference.Digest: null, RunningDigest: not null })
            .GroupBy(container => (container.Image, Platform: snapshot.NodeOf(container)?.Root is { } root ? JsonPaths.Text(root, "status", "nodeInfo", "architecture") : null)))
        {
            var digests = group.GroupBy(container => container.RunningDigest!).ToList();
            if (digests.Count < 2)
            {
                continue;
            }

            var broken = group.FirstOrDefault(container => !container.IsReady);
            var look = snapshot.Registries.GetValueOrDefault(group.Key.Image)?.Found;
            yield return new Cause
            {
                Kind = CauseKind.MutableTagMoved,
                Weight = snapshot.Containers.Any(container => container.Failure is not null) ? 55 : 95,
                Title = $"The tag of {group.Key.Image} changed its meaning: pods of one workload run {digests.Count} different images.",
                Evidence =
                [
                    .. digests.Select(digest => $"{digest.Key}: {string.Join(", ", digest.Select(container => container.Pod.Name))}"),
                    .. look is null ? (IEnumerable<string>)[] : [$"the registry has {look.Digest} now"],
                    .. broken is null ? (IEnumerable<string>)[] : [$"pod {broken.Pod.Name} is not ready"],
                ],
                Container = broken ?? group.First(),
                Explains = broken is null ? [] : [CauseKind.ContainerNotRunning],
                Goal = EditGoal.Tag,
                Steps = ["Pin the tag to a version and its digest, so that every pod runs the same image."],
                Commands = [new($"kubectl -n {snapshot.Namespace} get pods -o custom-columns=POD:.metadata.name,IMAGE:.status.containerStatuses[*].imageID", "show what each pod runs")],
            };
        }
    }
}
