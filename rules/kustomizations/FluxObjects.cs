using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Kustomizations;

/// <summary>The Flux Kustomizations that a field can be judged on.</summary>
internal static class FluxObjects
{
    /// <summary>Calls for each Flux Kustomization of the clusters, and for those that no entry point reaches.</summary>
    public static void OnKustomization(IRuleRegistrar on, Action<RuleContext, KubernetesObject> check)
    {
        on.Kustomization(context => check(context, context.Kustomization.Object));
        on.Object(FluxGroups.Kustomize, "Kustomization", context =>
        {
            if (context.Model.IsOnlyIfApplied(context.Object) || context.Model.Clusters.IsEmpty)
            {
                check(context, context.Object);
            }
        });
    }
}
