using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>A rule over one fault of <c>dependsOn</c>.</summary>
public abstract class DependencyRule : Rule
{
    private protected abstract DependencyFault Fault { get; }

    /// <inheritdoc/>
    public sealed override void Register(IRuleRegistrar on)
    {
        on.Kustomization(context => Check(context, context.Cluster, context.Kustomization.Object, context.Kustomization.Id, context.Kustomization.Parent));
        on.HelmRelease(context => Check(context, context.Cluster, context.Release.Object, context.Release.Id, context.Release.Effective.Producer));
    }

    private protected abstract void Report(RuleContext context, FluxCluster cluster, Dependency dependency, ObjectId dependent);

    private void Check(RuleContext context, FluxCluster cluster, KubernetesObject item, ObjectId id, FluxKustomization? producer)
    {
        if (item.Root.Get("spec", "dependsOn") is null)
        {
            return;
        }

        foreach (var dependency in Dependencies.Judge(cluster, item, id, producer))
        {
            if (dependency.Fault == Fault)
            {
                Report(context, cluster, dependency, id);
            }
        }
    }
}
