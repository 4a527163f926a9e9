using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports health checks of objects that nothing makes.</summary>
public sealed class HealthCheckMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2018", "health-check-missing", "A health check waits for an object that nothing makes", Severity.Warning)
        {
            Fix = FixSafety.Suggestion,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        // A build that fails, or whose parts are not here, may be what is missing.
        var kustomization = context.Kustomization;
        if (!kustomization.IsComplete || ClusterKnowledge.IsFailing(kustomization) || kustomization.Object.Root.Get("spec", "wait")?.AsScalar()?.AsBoolean() == true)
        {
            return;
        }

        foreach (var entry in kustomization.Object.Root.Get("spec", "healthChecks")?.AsSequence()?.Items ?? [])
        {
            if (ObjectReference.Text(entry.Get("apiVersion")) is { } version
                && ObjectReference.Read(entry, version.Contains('/', StringComparison.Ordinal) ? version[..version.IndexOf('/', StringComparison.Ordinal)] : "", null, "default") is { } reference)
            {
                Check(context, reference);
            }
        }
    });

    private static void Check(KustomizationContext context, ObjectReference reference)
    {
        var id = reference.Id;

        // Without a namespace a kind is meant that has none, and any chart may make such an object.
        if (!reference.HasNamespace || context.Cluster.Knowledge.Find(id).Presence != Presence.Missing)
        {
            return;
        }

        var owner = context.Kustomization.Id;
        var (help, fixes) = Missing.Advice(context.Cluster, reference, "Remove the entry, or name an object that this Kustomization applies");
        context.Report(
            reference.At,
            $"Nothing makes {id.Kind} {id.Namespace}/{id.Name}, so Kustomization {owner.Namespace}/{owner.Name} waits for it until its timeout and is never ready",
            help,
            fixes: fixes);
    }
}
