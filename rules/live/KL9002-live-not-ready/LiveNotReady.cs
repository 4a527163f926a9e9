using KubeLint.Analysis;

namespace KubeLint.Rules.Live;

/// <summary>Reports Flux objects whose condition <c>Ready</c> is not true in the cluster.</summary>
public sealed class LiveNotReady : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9002", "live-not-ready", "A Flux object is not ready in the cluster", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#conditions"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        foreach (var item in context.Objects)
        {
            if (!FluxObjects.AreReported(item) || FluxObjects.IsSuspended(item) || context.Find(item).Object is not { } live || live.Condition("Ready") is not { } ready
                || ready.Status == "True")
            {
                continue;
            }

            var state = ready.Status == "False" ? "is not ready" : "is not ready yet";
            context.ReportAtName(
                item,
                $"{item.Id} {state} in {context.Live.Name} ({ready.Reason}): {context.Live.Quote(ready.Message)}",
                item.Kind == "HelmRelease" ? $"Run `kubelint diagnose {live.Namespace}/{live.Name}` where its pods are the trouble, and `flux logs --kind={item.Kind} --name={live.Name} -n {live.Namespace}`"
                    : $"Correct what the condition names; `flux logs --kind={item.Kind} --name={live.Name} -n {live.Namespace}` tells more");
        }
    }
}
