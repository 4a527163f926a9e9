using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports releases whose drift correction undoes what an autoscaler does.</summary>
public sealed class DriftFightsAutoscaler : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3015", "drift-fights-autoscaler", "Drift correction of a release whose replicas an autoscaler sets", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#ignore-rules"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        ILookup<string, (KubernetesObject Scaler, string Name, YamlNode At)>? scalers = null;
        foreach (var release in context.Cluster.Releases)
        {
            if (release.Object.Root.Get("spec", "driftDetection", "mode") is not YamlScalar { Value: "enabled" } mode
                || IsIgnored(release.Object) || ReleaseIdentity.Of(release.Object) is not { } identity || HasOpenReplicas(release.Values))
            {
                continue;
            }

            scalers ??= Scalers(context.Cluster).ToLookup(scaler => scaler.Scaler.Namespace ?? "default");
            if (scalers.Count == 0)
            {
                return;
            }

            foreach (var (scaler, name, at) in scalers[identity.TargetNamespace])
            {
                if (name == identity.Name || name.StartsWith($"{identity.Name}-", StringComparison.Ordinal))
                {
                    context.Report(
                        mode,
                        $"Drift correction sets the replicas of {name} back that {scaler.Id} sets: they undo each other's work",
                        "Add `ignore: [{paths: [/spec/replicas], target: {kind: Deployment}}]` to `driftDetection`",
                        [new RelatedLocation(at.Location, "The autoscaler's target")],
                        about: release.Id);
                    break;
                }
            }
        }
    });

    // What the repository makes itself is no part of a release.
    private static IEnumerable<(KubernetesObject Scaler, string Name, YamlNode At)> Scalers(FluxCluster cluster)
    {
        foreach (var item in cluster.Objects())
        {
            if ((item.Object.Is("autoscaling", "HorizontalPodAutoscaler") || item.Object.Is("keda.sh", "ScaledObject"))
                && item.Object.Root.Get("spec", "scaleTargetRef", "name") is YamlScalar name && Judging.IsKnown(name))
            {
                var kind = item.Object.Root.GetString("spec", "scaleTargetRef", "kind") ?? "Deployment";
                if (cluster.Find("apps", kind, item.Object.Namespace ?? "default", name.Value) is null)
                {
                    yield return (item.Object, name.Value, name);
                }
            }
        }
    }

    private static bool IsIgnored(KubernetesObject release)
    {
        foreach (var rule in release.Root.Get("spec", "driftDetection", "ignore")?.AsSequence()?.Items ?? [])
        {
            foreach (var path in rule.Get("paths")?.AsSequence()?.Items ?? [])
            {
                if (path.AsScalar()?.Value is "" or "/spec" or "/spec/replicas")
                {
                    return true;
                }
            }
        }

        return false;
    }

    // `replicas: null` leaves the field to the autoscaler.
    private static bool HasOpenReplicas(YamlNode? node) => node?.Resolved switch
    {
        YamlMapping mapping => mapping.Entries.Any(entry =>
            (entry.Name is "replicas" or "replicaCount" && entry.Value.AsScalar() is { IsNull: true }) || HasOpenReplicas(entry.Value)),
        _ => false,
    };
}
