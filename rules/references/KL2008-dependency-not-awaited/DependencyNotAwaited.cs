using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports Kustomizations that others depend on and that are ready as soon as they are applied.</summary>
public sealed class DependencyNotAwaited : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2008", "dependency-not-awaited", "Others depend on this Kustomization, which does not wait for what it applies", Severity.Info)
        {
            IsEnabledByDefault = false,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#wait"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(Check);

    private static void Check(GraphContext context)
    {
        var dependents = new Dictionary<ObjectId, (ObjectId By, ObjectReference Reference)>();
        foreach (var kustomization in context.Cluster.Kustomizations)
        {
            foreach (var reference in Dependencies.Of(kustomization.Object, kustomization.Id))
            {
                if (reference.Mapping["readyExpr"] is null)
                {
                    dependents.TryAdd(reference.Id, (kustomization.Id, reference));
                }
            }
        }

        foreach (var kustomization in context.Cluster.Kustomizations)
        {
            if (!dependents.TryGetValue(kustomization.Id, out var dependent) || kustomization.Object.Spec is not { } spec
                || spec["wait"]?.AsScalar() is { IsUnknown: true } or { Value: "true" } || spec["healthChecks"] is not null || spec["healthCheckExprs"] is not null
                || !kustomization.Objects.Any(item => TakesTime(item.Object)))
            {
                continue;
            }

            context.Report(
                spec.Find("wait")?.Value ?? kustomization.Object.Root.Get("metadata", "name")!,
                $"Kustomization {kustomization.Id.Namespace}/{kustomization.Id.Name} is ready as soon as it is applied, so what depends on it does not wait until it works",
                "Write `wait: true`, or `healthChecks` for what must work",
                [new RelatedLocation(dependent.Reference.At.Location, $"{dependent.By.Namespace}/{dependent.By.Name} depends on it")],
                about: kustomization.Id);
        }
    }

    private static bool TakesTime(KubernetesObject item) => (item.Group, item.Kind) switch
    {
        (FluxGroups.Helm, "HelmRelease") or (FluxGroups.Kustomize, "Kustomization") or ("apps", "Deployment" or "StatefulSet" or "DaemonSet") or ("batch", "Job") => true,
        _ => false,
    };
}
