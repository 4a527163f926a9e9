using KubeLint.Analysis;
using KubeLint.Flux.Live;

namespace KubeLint.Rules.Live;

/// <summary>Reports HelmReleases, Kustomizations and sources that the repository makes and the cluster lacks.</summary>
public sealed class LiveObjectAbsent : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9001", "live-object-absent", "A Flux object of the repository is not in the cluster", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        foreach (var item in context.Objects)
        {
            if (FluxObjects.AreReported(item) && item.Name is { Length: > 0 } && context.Find(item).State == LiveState.Absent)
            {
                context.ReportAtName(
                    item,
                    $"{item.Id} is not in {context.Live.Name}: Flux has not applied it, or somebody deleted it",
                    "Push the commit that adds it and run `flux reconcile source git flux-system`; if that is done, look at the Kustomization that applies it");
            }
        }
    }
}
