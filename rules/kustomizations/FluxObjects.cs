using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>The Flux Kustomizations that a field can be judged on.</summary>
internal static class FluxObjects
{
    /// <summary>A duration of a spec, with its node; null where it is not written, not known or none.</summary>
    public static (YamlScalar Written, TimeSpan Length)? Duration(YamlMapping? spec, string field) =>
        spec?[field]?.AsScalar() is { IsUnknown: false } written && FluxDuration.Parse(written.Value) is { } length ? (written, length) : null;

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
