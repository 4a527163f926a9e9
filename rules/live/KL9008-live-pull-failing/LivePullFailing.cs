using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Live;

namespace KubeLint.Rules.Live;

/// <summary>Reports containers that wait for an image which cannot be pulled.</summary>
public sealed class LivePullFailing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9008", "live-pull-failing", "A pod cannot pull its image", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        if (context.Live.PullFailures.IsEmpty)
        {
            return;
        }

        var failures = context.Live.PullFailures.ToLookup(failure => failure.Pod.Id);
        foreach (var item in context.Objects)
        {
            var reported = new HashSet<(string, string)>();
            foreach (var pod in context.PodsOf(item))
            {
                foreach (var failure in failures[pod.Object.Id])
                {
                    // The pods of one workload fail alike.
                    if (reported.Add((failure.Container, failure.Image)))
                    {
                        Report(context, item, pod, failure);
                    }
                }
            }
        }
    }

    private static void Report(LiveContext context, KubernetesObject item, LivePod pod, LivePullFailure failure)
    {
        var words = context.Live.Quote(failure.Message);
        var image = LiveImages.Find(context, item, failure.Image);
        context.Report(
            image is null ? LiveImages.PlaceOf(item, failure.Image) ?? LiveImages.PlaceOf(null, item) : LiveImages.PlaceOf(image, item),
            $"Pod {pod.Object.Namespace}/{pod.Object.Name} waits with {failure.Reason} for {failure.Image}{(words.Length > 0 ? $": {words}" : "")}",
            $"`kubelint diagnose {pod.Workload.Split(' ')[^1]}` finds out why",
            about: item.Id);
    }
}
