using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using KubeLint.Cluster.Api;
using KubeLint.Cluster.Snapshots;
using KubeLint.Registry.Credentials;

namespace KubeLint.Cluster.Actions;

/// <summary>Plans the changes of <c>--apply</c>. Nothing else ever writes to a cluster.</summary>
/// <param name="writer">Writes.</param>
/// <param name="time">The clock that annotations are stamped with.</param>
public sealed class ActionPlanner(IClusterWriter writer, TimeProvider time)
{
    /// <summary>Name of the pull secret that <see cref="PullSecret"/> makes.</summary>
    public const string SecretName = "kubelint-pull-secret";

    /// <summary>Asks Flux to reconcile: the sources, then the Kustomizations from the outermost in, then the HelmRelease. Source: fluxcd.io, "requestedAt".</summary>
    public IReadOnlyList<ClusterAction> Reconcile(ClusterSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var stamp = Now();
        var order = snapshot.Sources.Concat(snapshot.Kustomizations.Reverse()).Concat(snapshot.HelmRelease is { } release ? [release] : Array.Empty<ClusterObject>());
        return
        [
            .. order.Select(item => new ClusterAction(
                $"annotate {item} with reconcile.fluxcd.io/requestedAt",
                cancellationToken => writer.PatchAsync(item.Type, item.Namespace, item.Name, Annotations("reconcile.fluxcd.io/requestedAt", stamp), cancellationToken))),
        ];
    }

    /// <summary>Restarts the workload as <c>kubectl rollout restart</c> does: Deployments, StatefulSets and DaemonSets.</summary>
    /// <param name="snapshot">The objects.</param>
    /// <param name="problem">Why there is nothing to restart, and what to do instead; null where there is.</param>
    public IReadOnlyList<ClusterAction> Restart(ClusterSnapshot snapshot, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var stamp = Now();
        var restartable = snapshot.Between.Prepend(snapshot.Workload!).Where(item => item.Type.Kind is "Deployment" or "StatefulSet" or "DaemonSet").ToList();
        problem = restartable.Count > 0 ? null : Instead(snapshot.Workload!);
        return
        [
            .. restartable
                .Select(item => new ClusterAction(
                    $"restart {item} (annotate its pod template with kubectl.kubernetes.io/restartedAt)",
                    cancellationToken => writer.PatchAsync(
                        item.Type,
                        item.Namespace,
                        item.Name,
                        new JsonObject { ["spec"] = new JsonObject { ["template"] = Annotations("kubectl.kubernetes.io/restartedAt", stamp) } },
                        cancellationToken))),
        ];
    }

    // As kubectl, which restarts no Job, CronJob or Pod either.
    private static string Instead(ClusterObject workload) => workload.Type.Kind switch
    {
        "CronJob" => $"{workload} has no rollout to restart: its next run makes a new pod (at once: kubectl -n {workload.Namespace} create job --from=cronjob/{workload.Name} {workload.Name}-now)",
        "Job" when workload.Controller is { } owner => $"{workload} is a run of {owner.Kind} {owner.Name} and is not restarted: the next run makes a new pod",
        "Job" => $"{workload} cannot be restarted, for a Job's template never changes: delete it, and what made it makes it anew (kubectl -n {workload.Namespace} delete job {workload.Name})",
        "Pod" when workload.Controller is { } owner => $"{workload} is made by {owner.Kind} {owner.Name}: name its workload, or delete the pod (kubectl -n {workload.Namespace} delete pod {workload.Name})",
        "Pod" => $"{workload} is made by nothing that would make it anew",
        _ => $"{workload} has no Deployment, StatefulSet or DaemonSet to restart",
    };

    /// <summary>Makes a pull secret from a docker config and names it in the service account.</summary>
    /// <param name="snapshot">The objects.</param>
    /// <param name="json">The docker config's text.</param>
    /// <param name="problem">What is wrong with the config, or null.</param>
    public IReadOnlyList<ClusterAction> PullSecret(ClusterSnapshot snapshot, string json, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(json);
        var config = DockerConfig.Parse(json, "the docker config");
        problem = config.Problems.Length > 0 ? config.Problems[0]
            : config.Entries.All(entry => entry.Credential is null) ? "It holds no credentials itself (a credential helper keeps them); log in with a file of its own: docker --config DIR login."
            : snapshot.ServiceAccount is null ? $"The service account {snapshot.ServiceAccountName} does not exist or may not be read."
            : null;
        if (problem is not null)
        {
            return [];
        }

        var space = snapshot.Namespace;
        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = SecretName, ["namespace"] = space },
            ["type"] = "kubernetes.io/dockerconfigjson",
            ["data"] = new JsonObject { [".dockerconfigjson"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(json)) },
        };

        // A merge patch replaces a list whole: the names that are there stay in it.
        var names = new JsonArray();
        foreach (var name in snapshot.ServiceAccount!.Root.Items("imagePullSecrets").Select(entry => entry.Text("name")).OfType<string>().Where(name => name != SecretName).Append(SecretName))
        {
            names.Add((JsonNode)new JsonObject { ["name"] = name });
        }

        return
        [
            new ClusterAction(
                $"make Secret {space}/{SecretName} (kubernetes.io/dockerconfigjson, for {string.Join(", ", config.Entries.Select(entry => entry.Key))})",
                async cancellationToken =>
                {
                    var made = await writer.CreateAsync(ResourceType.Secret, space, body, cancellationToken).ConfigureAwait(false);

                    // From an earlier try: its content is made new, its type is the same.
                    return made.State != ReadState.Ok && made.Message.Contains("already exists", StringComparison.Ordinal)
                        ? await writer.PatchAsync(ResourceType.Secret, space, SecretName, new JsonObject { ["data"] = body["data"]!.DeepClone() }, cancellationToken).ConfigureAwait(false)
                        : made;
                }),
            new ClusterAction(
                $"add it to imagePullSecrets of ServiceAccount {space}/{snapshot.ServiceAccountName} (pods made from now on use it)",
                cancellationToken => writer.PatchAsync(
                    ResourceType.ServiceAccount,
                    space,
                    snapshot.ServiceAccountName,
                    new JsonObject
                    {
                        // With the version that was read, so that a change in between is not overwritten.
                        ["metadata"] = new JsonObject { ["resourceVersion"] = snapshot.ServiceAccount.Root.Text("metadata", "resourceVersion") },
                        ["imagePullSecrets"] = names,
                    },
                    cancellationToken)),
        ];
    }

    private string Now() => time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Annotations(string name, string value) =>
        new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [name] = value } } };
}
