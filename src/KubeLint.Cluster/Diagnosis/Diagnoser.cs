using KubeLint.Cluster.Repository;
using KubeLint.Cluster.Snapshots;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>
/// Finds the causes of what a snapshot shows. Each cause is a function of evidence; those that are only the outward sign of a deeper one
/// are left out, the rest is ranked: the deepest that is decided comes first.
/// </summary>
public static class Diagnoser
{
    /// <summary>Diagnoses a snapshot.</summary>
    /// <param name="snapshot">What was read.</param>
    /// <param name="repository">The repository, or null.</param>
    public static DiagnosisReport Diagnose(ClusterSnapshot snapshot, RepositoryLookup? repository)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Workload is null)
        {
            return new DiagnosisReport(snapshot, Looks.Of(snapshot, null), [.. FluxCauses.NeverCame(snapshot, repository), Missing(snapshot, repository)], []);
        }

        var troubled = snapshot.Containers.FirstOrDefault(container => container.Failure is not null)
            ?? snapshot.Containers.FirstOrDefault(container => !container.IsReady)
            ?? (snapshot.Containers.Count > 0 ? snapshot.Containers[0] : null);
        var written = troubled is null ? null : repository?.Find(snapshot, troubled);
        var all = CreationCauses.Find(snapshot)
            .Concat(NodeCauses.Find(snapshot))
            .Concat(AccessCauses.Find(snapshot))
            .Concat(NetworkCauses.Find(snapshot))
            .Concat(ImageCauses.Find(snapshot))
            .Concat(FluxCauses.Find(snapshot, written, troubled))
            .ToList();
        var ranked = Rank(all);
        return new DiagnosisReport(snapshot, Looks.Of(snapshot, written), [.. ranked.Select(cause => WithEdit(cause, snapshot, repository))], HowToKnow(snapshot))
        {
            Meanwhile = ranked.Count == 0 ? [] : Meanwhile(snapshot),
        };
    }

    /// <summary>One of each kind for each image (pods of one workload fail alike), without those that another explains, the heaviest first.</summary>
    private static List<Cause> Rank(List<Cause> all)
    {
        var unique = new List<Cause>();
        foreach (var group in all.GroupBy(cause => (cause.Kind, cause.Container?.Image, cause.Title)))
        {
            var first = group.MaxBy(cause => cause.Weight)!;
            unique.Add(first with { Evidence = [.. group.SelectMany(cause => cause.Evidence).Distinct().Take(8)] });
        }

        var kept = unique.Where(cause => !unique.Exists(other =>
            other.Weight > cause.Weight && other.Explains.Contains(cause.Kind)
            && (other.Container is null || cause.Container is null || other.Container.Image == cause.Container.Image)));

        // Unknown words add nothing to a cause that is known.
        if (unique.Exists(cause => cause.Kind is not (CauseKind.UnknownPullFailure or CauseKind.FluxNotApplied)))
        {
            kept = kept.Where(cause => cause.Kind != CauseKind.UnknownPullFailure);
        }

        // A container that is not there yet has its reason in whatever else there is.
        if (unique.Exists(cause => cause.Weight > Cause.Soft))
        {
            kept = kept.Where(cause => cause.Weight > Cause.Soft);
        }

        // One cause of a kind is enough: the deepest.
        return [.. kept.OrderByDescending(cause => cause.Weight).DistinctBy(cause => (cause.Kind, cause.Container?.Image))];
    }

    private static Cause WithEdit(Cause cause, ClusterSnapshot snapshot, RepositoryLookup? repository)
    {
        var container = cause.Container;
        var goal = cause.Goal is EditGoal.Tag or EditGoal.None && container is { Failure: not null, IsMutable: true, PullPolicy: "Always" } && cause.Kind != CauseKind.FluxNotApplied
            ? EditGoal.TagAndPolicy
            : cause.Goal;
        var changed = cause with { Goal = goal };
        if (repository is null)
        {
            return changed;
        }

        var written = container is null ? null : repository.Find(snapshot, container);
        var pin = container is null ? null : ClusterPins.Find(snapshot, container);
        return changed with { Edit = repository.Edit(changed, written, pin, snapshot) };
    }

    private static Cause Missing(ClusterSnapshot snapshot, RepositoryLookup? repository) => new()
    {
        Kind = CauseKind.WorkloadNotFound,
        Weight = 100,
        Title = snapshot.NamespaceExists == false
            ? $"There is no namespace {snapshot.Namespace} in {snapshot.Cluster}."
            : $"There is no workload {snapshot.Name} in namespace {snapshot.Namespace}.",
        Evidence =
        [
            .. repository?.Written(snapshot).Select(place => $"{place.Path}:{place.Line} writes {place.Kind} {snapshot.Name}") ?? [],
            .. snapshot.Troubled.Take(5).Select(item => $"{item} {(item.Root.Flag("spec", "suspend") ? "is suspended" : $"is not ready: {item.Condition("Ready")?.Message}")}"),
            .. snapshot.NotChecked.Select(entry => $"not checked: {entry.Area}: {entry.Why}"),
        ],
        Steps = ["See that name, namespace and context are right; if Flux is to make it, see that its Kustomization is ready."],
        Commands =
        [
            new($"kubectl -n {snapshot.Namespace} get deployments,statefulsets,daemonsets,cronjobs,jobs,pods", "show what there is"),
            new("flux get all -A --status-selector ready=false", "show what Flux cannot apply"),
        ],
    };

    private static List<Command> Meanwhile(ClusterSnapshot snapshot)
    {
        var workload = snapshot.Workload!;
        var space = snapshot.Namespace;
        var commands = new List<Command>();
        var failing = snapshot.Containers.FirstOrDefault(container => container.Failure is not null);
        if (failing is not null && workload.Type.Kind is "Deployment" or "StatefulSet")
        {
            var name = $"{workload.Type.Kind.ToLowerInvariant()}/{workload.Name}";
            var replicas = workload.Root.Number("spec", "replicas") ?? 1;
            if (snapshot.Between.Count(item => item.Type.Kind == "ReplicaSet") > 1)
            {
                commands.Add(new($"kubectl -n {space} rollout undo {name}", $"go back to what ran before{(snapshot.HelmRelease is { } release ? $" (first: flux suspend helmrelease {release.Name} -n {release.Namespace}, or Flux brings it again)" : "")}"));
            }

            commands.Add(new($"kubectl -n {space} scale {name} --replicas=0 && kubectl -n {space} scale {name} --replicas={replicas}", "make all of its pods anew"));
        }

        if (failing is { Reference: { } image })
        {
            commands.Add(new($"skopeo copy docker://{image} docker://REGISTRY/{image.Repository.Split('/')[^1]}:{image.Tag ?? "latest"}", "put the image where the nodes get it (docker-daemon:IMAGE where only your machine has it), and write that name"));
        }

        commands.Add(new($"kubelint diagnose {workload.Namespace}/{workload.Name} --bundle diagnosis.zip", "collect report, objects, events and logs for others"));
        return commands;
    }

    private static List<Command> HowToKnow(ClusterSnapshot snapshot)
    {
        var workload = snapshot.Workload!;
        var commands = new List<Command>();
        if (snapshot.HelmRelease is { } release)
        {
            commands.Add(new($"flux reconcile helmrelease {release.Name} -n {release.Namespace} --with-source", "bring the change in as soon as it is pushed"));
        }
        else if (snapshot.Kustomizations.Count > 0)
        {
            commands.Add(new($"flux reconcile kustomization {snapshot.Kustomizations[0].Name} -n {snapshot.Kustomizations[0].Namespace} --with-source", "bring the change in as soon as it is pushed"));
        }

        if (workload.Type.Kind is "Deployment" or "StatefulSet" or "DaemonSet")
        {
            commands.Add(new($"kubectl -n {snapshot.Namespace} rollout status {workload.Type.Kind.ToLowerInvariant()}/{workload.Name}", "it ends with \"successfully rolled out\""));
        }

        commands.Add(new($"kubelint diagnose {workload.Namespace}/{workload.Name} --watch", "it ends with \"all well\""));
        return commands;
    }
}
