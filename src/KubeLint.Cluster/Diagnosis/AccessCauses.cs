using KubeLint.Cluster.Api;
using KubeLint.Cluster.Pulls;
using KubeLint.Cluster.Snapshots;
using KubeLint.Registry;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>Credentials: the pull secrets, what they hold, and what registries say to them.</summary>
internal static class AccessCauses
{
    private const int Root = 120;
    private const int Beside = 46;

    public static IEnumerable<Cause> Find(ClusterSnapshot snapshot)
    {
        foreach (var container in snapshot.Containers)
        {
            if (container.Failure is not { } failure || container.Reference is not { } image)
            {
                continue;
            }

            // A registry may hide a private repository behind "not found" where its answer to the secret shows that it is there.
            var hidden = failure.Kind is PullFailureKind.RepositoryNotFound
                || (failure.Kind == PullFailureKind.ManifestNotFound
                    && snapshot.Registries.GetValueOrDefault(container.Image) is { Anonymous: RegistryAnswer.Denied or RegistryAnswer.NotFound, WithSecret: RegistryAnswer.Exists });
            var decisive = failure.IsAccess || hidden;
            var said = $"pod {container.Pod.Name}, container {container.Name}: {failure.Message}";
            var present = NodeCauses.ImagesOnNode(snapshot.NodeOf(container), container).Count > 0 && container.PullPolicy != "Always";
            if (failure.Kind == PullFailureKind.NeedsCredentials || (present && (failure.IsAccess || failure.Kind == PullFailureKind.NeverPull)))
            {
                yield return NeedsCredentials(snapshot, container, said, present);
            }

            var onPod = snapshot.PullSecrets.Where(secret => secret.OnPod).ToList();
            var covered = onPod.Find(secret => secret.Covers(image));
            if (covered is null)
            {
                foreach (var secret in onPod)
                {
                    if (OfSecret(snapshot, container, secret, decisive ? Root : failure.Kind == PullFailureKind.RateLimited ? 60 : Beside, decisive, said) is { } cause)
                    {
                        yield return cause;
                    }
                }
            }

            if (failure.Kind == PullFailureKind.CredentialsRefused || (failure.Kind == PullFailureKind.AccessDenied && covered is not null))
            {
                yield return Refused(snapshot, container, said, covered);
            }
            else if (failure.Kind is PullFailureKind.AccessDenied or PullFailureKind.RepositoryNotFound)
            {
                yield return Private(snapshot, container, said, onPod.Count);
            }
        }
    }

    private static Cause? OfSecret(ClusterSnapshot snapshot, ContainerView container, PullSecretView secret, int weight, bool decisive, string said)
    {
        var space = snapshot.Namespace;
        var image = container.Reference!.Value;
        var template = new Cause
        {
            Kind = CauseKind.PullSecretMissing,
            Weight = weight,
            Title = "",
            Container = container,
            Goal = EditGoal.PullSecrets,
            Explains = decisive
                ? [CauseKind.RepositoryMissingOrPrivate, CauseKind.CredentialsRefused, .. NotNeeded(container)]
                : [],
        };
        switch (secret.State)
        {
            case ReadState.NotFound when secret.OtherNamespaces.Count > 0:
                var home = secret.OtherNamespaces[0];
                return template with
                {
                    Kind = CauseKind.PullSecretInOtherNamespace,
                    Title = $"The pull secret {secret.Name} is in namespace {string.Join(", ", secret.OtherNamespaces)}, not in {space}: a pod can use only its own namespace's.",
                    Evidence = [said, $"Secret {space}/{secret.Name} does not exist", .. secret.OtherNamespaces.Select(other => $"Secret {other}/{secret.Name} exists")],
                    Steps = [$"Let the repository (or External Secrets, Reflector) make the Secret in {space} too."],
                    Commands = [new($"kubectl -n {home} get secret {secret.Name} -o yaml | sed 's/namespace: {home}/namespace: {space}/' | kubectl apply -f -", "copy it by hand")],
                };
            case ReadState.NotFound:
                return template with
                {
                    Title = $"The pull secret {secret.Name} does not exist in namespace {space}: the kubelet pulls without credentials.",
                    Evidence = [said, $"Secret {space}/{secret.Name} does not exist, and in no other namespace that may be read", .. Retrieval(snapshot, secret.Name)],
                    Steps = ["Make the Secret (as an encrypted manifest in the repository), or take its name out of imagePullSecrets."],
                    Commands = MakeSecret(space, secret.Name, image.Registry),
                };
            case ReadState.Ok when !secret.IsPullType:
                return template with
                {
                    Kind = CauseKind.PullSecretWrongType,
                    Weight = weight + 1,
                    Title = $"The pull secret {secret.Name} is of type {secret.Type}, which the kubelet does not read.",
                    Evidence = [said, $"Secret {space}/{secret.Name} has type {secret.Type} and the keys {string.Join(", ", secret.Keys)}"],
                    Steps = ["Make it again as kubernetes.io/dockerconfigjson with the key .dockerconfigjson; a Secret's type cannot be changed."],
                    Commands = [new($"kubectl -n {space} delete secret {secret.Name}", "remove the old one"), .. MakeSecret(space, secret.Name, image.Registry)],
                };
            case ReadState.Ok when secret.Defect is { } defect:
                return template with
                {
                    Kind = CauseKind.PullSecretMalformed,
                    Weight = weight + 1,
                    Title = $"The pull secret {secret.Name} is malformed: {defect.TrimEnd('.')}.",
                    Evidence = [said, $"Secret {space}/{secret.Name}: {defect}"],
                    Steps = ["Make it again from a docker config that works."],
                    Commands = MakeSecret(space, secret.Name, image.Registry),
                };
            // A secret for other registries is as it should be, unless it is this registry that refuses.
            case ReadState.Ok when decisive && !secret.Covers(image):
                return template with
                {
                    Kind = CauseKind.PullSecretNotCovering,
                    Title = $"The pull secret {secret.Name} has no entry for {image.Name}.",
                    Evidence = [said, $"Secret {space}/{secret.Name} has entries for {string.Join(", ", secret.Hosts)}"],
                    Steps = [$"Add an entry for {image.Registry} to the Secret, or name a Secret that has one."],
                    Commands = MakeSecret(space, secret.Name, image.Registry),
                };
            default:
                return null;
        }
    }

    /// <summary>Present on the node matters only where the kubelet would not pull anyway.</summary>
    private static IEnumerable<CauseKind> NotNeeded(ContainerView container) => container.PullPolicy == "Always" ? [CauseKind.ImagePresentNeedsCredentials] : [];

    private static Cause NeedsCredentials(ClusterSnapshot snapshot, ContainerView container, string said, bool present) => new()
    {
        Kind = CauseKind.ImagePresentNeedsCredentials,
        Weight = 119,
        Title = $"{container.Image} is on the node, but the kubelet wants credentials before this pod may use it.",
        Evidence =
        [
            said,
            present ? $"node {container.Node} has the image" : "the kubelet says that the image is present",
            "since Kubernetes 1.33 (KEP-2535) a pod must show that it could pull an image that another pod's credentials brought",
        ],
        Container = container,
        Explains = [CauseKind.RepositoryMissingOrPrivate, CauseKind.NeverPull],
        Goal = EditGoal.PullSecrets,
        Steps = ["Give the pod the pull secret that brought the image, or let the node's imagePullCredentialsVerificationPolicy (kubelet configuration) exempt it."],
        Commands = MakeSecret(snapshot.Namespace, "registry", container.Reference?.Registry ?? "REGISTRY"),
    };

    private static Cause Refused(ClusterSnapshot snapshot, ContainerView container, string said, PullSecretView? secret)
    {
        var evidence = new List<string> { said };
        if (secret is not null)
        {
            evidence.Add($"Secret {snapshot.Namespace}/{secret.Name} has an entry for {container.Reference!.Value.Registry}, which the kubelet sends");
        }

        if (snapshot.Registries.GetValueOrDefault(container.Image)?.WithSecret is RegistryAnswer.Denied denied)
        {
            evidence.Add($"the registry refuses the Secret's credentials from here too ({denied.Status})");
        }

        return new Cause
        {
            Kind = CauseKind.CredentialsRefused,
            Weight = 117,
            Title = secret is null
                ? $"The registry {container.Reference!.Value.Registry} refuses the credentials."
                : $"The registry {container.Reference!.Value.Registry} refuses the credentials of pull secret {secret.Name}.",
            Evidence = evidence,
            Container = container,
            Explains = [CauseKind.RepositoryMissingOrPrivate],
            Goal = EditGoal.None,
            Steps = ["Renew the token or password, and see that it may read this repository (ghcr.io: scope read:packages)."],
            Commands = MakeSecret(snapshot.Namespace, secret?.Name ?? "registry", container.Reference!.Value.Registry),
        };
    }

    private static Cause Private(ClusterSnapshot snapshot, ContainerView container, string said, int secrets)
    {
        var image = container.Reference!.Value;
        var evidence = new List<string> { said };
        evidence.Add(secrets == 0 ? "the pod names no pull secret" : "no pull secret of the pod stands for the registry");
        if (snapshot.Registries.GetValueOrDefault(container.Image) is { } look)
        {
            evidence.Add($"the registry, asked without credentials: {RegistryWords.Describe(look.Anonymous)}");
        }

        var steps = new List<string> { $"See whether {image.Name} is spelled right; if it is private, give the pod a pull secret for {image.Registry}." };
        var usable = snapshot.UnusedPullSecrets.FirstOrDefault(secret => secret.Covers(image));
        if (usable is not null)
        {
            evidence.Add($"Secret {snapshot.Namespace}/{usable.Name} has an entry for {image.Registry}, but neither the pod nor its service account names it");
            steps.Add($"Name {usable.Name} in imagePullSecrets.");
        }

        var late = snapshot.PullSecrets.FirstOrDefault(secret => secret is { OnPod: false, OnServiceAccount: true });
        if (late is not null)
        {
            evidence.Add($"the service account names {late.Name}, but the pod was made before that: only new pods get it");
            steps.Add("Restart the workload, so that its pods get the service account's pull secret.");
        }

        return new Cause
        {
            Kind = CauseKind.RepositoryMissingOrPrivate,
            Weight = 103,
            Title = container.Failure!.Kind == PullFailureKind.RepositoryNotFound
                ? $"The repository {image.Name} does not exist, or is hidden without credentials."
                : $"The repository {image.Name} does not exist, or is private and the pod shows no credentials.",
            Evidence = evidence,
            Container = container,
            Goal = EditGoal.Name,
            Steps = steps,
            Commands = late is not null
                ? [new($"kubectl -n {snapshot.Namespace} rollout restart {snapshot.Workload!.Type.Plural}/{snapshot.Workload.Name}", "make new pods")]
                : MakeSecret(snapshot.Namespace, "registry", image.Registry),
        };
    }

    private static IEnumerable<string> Retrieval(ClusterSnapshot snapshot, string secret) =>
        snapshot.Events.Where(e => e.Reason == "FailedToRetrieveImagePullSecret" && e.Message.Contains(secret, StringComparison.Ordinal))
            .Select(e => $"event FailedToRetrieveImagePullSecret: {e.Message}").Take(1);

    private static IReadOnlyList<Command> MakeSecret(string space, string name, string registry)
    {
        var server = registry == "docker.io" ? "https://index.docker.io/v1/" : registry;
        return
        [
            new($"kubectl -n {space} create secret docker-registry {name} --docker-server={server} --docker-username=USER --docker-password=TOKEN", "make the pull secret"),
        ];
    }
}
