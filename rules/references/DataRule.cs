using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>A rule over the ConfigMaps and Secrets that Flux reads.</summary>
public abstract class DataRule : Rule
{
    /// <inheritdoc/>
    public sealed override void Register(IRuleRegistrar on)
    {
        on.Kustomization(context =>
        {
            var item = context.Kustomization;
            if (item.Parent is not { } parent || !ClusterKnowledge.IsFailing(parent))
            {
                foreach (var reference in DataReference.OfVariables(item.Object, item.Id))
                {
                    Check(context, context.Cluster, reference);
                }
            }
        });
        on.HelmRelease(context =>
        {
            var item = context.Release;
            if (!ClusterKnowledge.IsFailing(item.Effective.Producer))
            {
                foreach (var reference in DataReference.OfValues(item.Object, item.Id))
                {
                    Check(context, context.Cluster, reference);
                }
            }
        });
    }

    private protected abstract void Check(RuleContext context, FluxCluster cluster, DataReference reference);
}
