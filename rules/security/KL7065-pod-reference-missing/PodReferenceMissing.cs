using KubeLint.Analysis;
using KubeLint.Flux.Workloads;

namespace KubeLint.Rules.Security;

/// <summary>Reports pods that need a ConfigMap, a Secret or a claim that nothing makes.</summary>
public sealed class PodReferenceMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7065", "pod-reference-missing", "A pod needs a ConfigMap, a Secret, a volume claim or a service account that nothing makes", Severity.Warning)
        {
            Reference = new("https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#restrictions"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        var knowledge = context.Cluster.Knowledge;
        var places = new ReportedPlaces();
        var absence = Absence.Of(context);
        foreach (var pod in context.Cluster.Workloads.All)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var ns = pod.Namespace ?? "default";
            foreach (var reference in PodReferences.Of(pod))
            {
                if (reference.IsOptional || Template.IsIn(ns) || !absence.IsCertain("", reference.Kind, ns, reference.Name)
                    || !places.Add(reference.At, pod.Owner))
                {
                    continue;
                }

                var nearest = knowledge.Nearest("", reference.Kind, ns, reference.Name);
                var elsewhere = knowledge.Named("", reference.Kind, reference.Name).FirstOrDefault();
                context.Report(
                    reference.At,
                    $"The pods of {pod.DisplayName} wait for the {reference.Kind} '{reference.Name}', which nothing makes in namespace {ns}",
                    nearest is not null ? $"Did you mean '{nearest}'?"
                    : elsewhere is not null ? $"There is one of this name in namespace {elsewhere.Object.Namespace ?? "default"}, and pods reach only those of their own"
                    : reference.CanBeOptional ? "Add it to the repository, or write `optional: true` if the pod may start without it" : "Add it to the repository",
                    about: pod.Owner.Id);
            }
        }
    });
}
