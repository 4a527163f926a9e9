using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports autoscalers of a workload that does not exist.</summary>
public sealed class AutoscalerTargetMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL7068", "autoscaler-target-missing", "An autoscaler's target does not exist", Severity.Warning)
    {
        Reference = new("https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"),
    };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        var absence = Absence.Of(context);
        var own = Lockdown.OwnNamespaces(context.Cluster);
        foreach (var scaler in Autoscalers.Of(context.Cluster))
        {
            if (scaler.Target.Namespace is not { } ns || ns is "kube-system" || own.Contains(ns) || !absence.IsCertain(scaler.Target.Group, scaler.Target.Kind, ns, scaler.Target.Name))
            {
                continue;
            }

            var workloads = context.Cluster.Workloads.In(scaler.Target.Namespace).Where(pod => !pod.IsFromChart).Select(pod => pod.Owner).ToList();
            var otherKind = workloads.Find(item => item.Name == scaler.Target.Name);
            var nearest = NearestName.Find(scaler.Target.Name, workloads.Where(item => item.Kind == scaler.Target.Kind).Select(item => item.Name).OfType<string>());
            context.Report(
                scaler.Name,
                $"The {scaler.Owner.Object.Kind} '{scaler.Owner.Object.Name}' scales the {scaler.Target.Kind} '{scaler.Target.Name}', which does not exist in namespace {scaler.Target.Namespace}",
                otherKind is not null ? $"There is a {otherKind.Kind} of this name: write `kind: {otherKind.Kind}`"
                : nearest is not null ? $"Did you mean '{nearest}'?"
                : "Write the name of a workload of this namespace",
                about: scaler.Owner.Id);
        }
    });
}
