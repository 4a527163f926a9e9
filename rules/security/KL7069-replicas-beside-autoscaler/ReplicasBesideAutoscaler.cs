using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports workloads with a number of replicas that an autoscaler sets too.</summary>
public sealed class ReplicasBesideAutoscaler : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7069", "replicas-beside-autoscaler", "A workload sets its replicas although an autoscaler does", Severity.Warning)
        {
            Reference = new("https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var scaler in Autoscalers.Of(context.Cluster))
        {
            if (scaler.SetsReplicas
                && context.Cluster.Find(scaler.Target.Group, scaler.Target.Kind, scaler.Target.Namespace, scaler.Target.Name) is { Object: var target } found
                && target.Spec?["replicas"] is YamlScalar { IsNull: false } replicas && !IsAppliedOnce(target.Annotation("kustomize.toolkit.fluxcd.io/ssa")))
            {
                context.Report(
                    replicas,
                    $"Each time that Flux applies the {target.Kind} '{target.Name}', it sets {replicas.Value} replicas again, against the {scaler.Owner.Object.Kind} '{scaler.Owner.Object.Name}'",
                    "Leave `replicas` out: the autoscaler alone should own it",
                    [new RelatedLocation(scaler.Name.Location, "It is scaled from here")],
                    about: found.Id);
            }
        }
    });

    private static bool IsAppliedOnce(string? mode) =>
        string.Equals(mode, "IfNotPresent", StringComparison.OrdinalIgnoreCase) || string.Equals(mode, "Ignore", StringComparison.OrdinalIgnoreCase);
}
