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
            return new DiagnosisReport(snapshot, Looks.Of(snapshot, null), [Missing(snapshot)], []);
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
        return new DiagnosisReport(snapshot, Looks.Of(snapshot, written), [.. ranked.Select(cause => WithEdit(cause, snapshot, repository))], HowToKnow(snapshot));
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

    private static Cause Missing(ClusterSnapshot snapshot) => new()
    {
        Kind = CauseKind.WorkloadNotFound,
        Weight = 100,
        Title = snapshot.NamespaceExists == false
            ? $"There is no namespace {snapshot.Namespace} in {snapshot.Cluster}."
            : $"There is no workload {snapshot.Name} in namespace {snapshot.Namespace}.",
        Evidence = [.. snapshot.NotChecked.Select(entry => $"not checked: {entry.Area}: {entry.Why}")],
        Steps = ["See that name, namespace and context are right; if Flux is to make it, see that its Kustomization is ready."],
        Commands =
        [
            new($"kubectl -n {snapshot.Namespace} get deployments,statefulsets,daemonsets,cronjobs,jobs,pods", "show what there is"),
            new("flux get all -A --status-selector ready=false", "show what Flux cannot apply"),
        ],
    };

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
