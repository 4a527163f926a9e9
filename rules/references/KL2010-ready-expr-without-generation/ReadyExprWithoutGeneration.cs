using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports <c>readyExpr</c> that may look at an old status.</summary>
public sealed class ReadyExprWithoutGeneration : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2010", "ready-expr-without-generation", "A readyExpr takes the place of Flux's own check and does not look at the generation", Severity.Info)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#dependency-ready-expression"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        on.Kustomization(context => Check(context, context.Cluster, context.Kustomization.Object, "kustomize-controller"));
        on.HelmRelease(context => Check(context, context.Cluster, context.Release.Object, "helm-controller"));
    }

    private static void Check(RuleContext context, FluxCluster cluster, KubernetesObject item, string controller)
    {
        foreach (var (field, text) in CelExpressions.Of(item))
        {
            if (field == "readyExpr" && text.Value.Contains("status", StringComparison.Ordinal) && !text.Value.Contains("eneration", StringComparison.Ordinal)
                && !cluster.IsGateEnabled(controller, "AdditiveCELDependencyCheck", byDefault: false))
            {
                context.Report(
                    text,
                    "This readyExpr looks at the status and not at its generation, so that of the dependency's last version counts until the new one is reconciled",
                    "Add `&& dep.metadata.generation == dep.status.observedGeneration`");
            }
        }
    }
}
