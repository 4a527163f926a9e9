using KubeLint.Analysis;
using KubeLint.Flux.Live;

namespace KubeLint.Rules.Live;

/// <summary>Reports workloads whose pods run several digests of one tag.</summary>
public sealed class LiveTagSplit : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9007", "live-tag-split", "Pods of one workload run different images under one tag", Severity.Warning)
        {
            Reference = new("https://kubernetes.io/docs/concepts/containers/images/#image-names"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        var platforms = context.Live.OfKind("", "Node").ToDictionary(
            node => node.Name,
            node => $"{node.Root.Text("status", "nodeInfo", "operatingSystem")}/{node.Root.Text("status", "nodeInfo", "architecture")}");
        foreach (var item in context.Objects)
        {
            var running = context.PodsOf(item).SelectMany(pod => LiveImages.Containers(pod.Object)
                .Select(container => (pod, container.Name, container.Image, Digest: LiveImages.Digest(container.Status))))
                .Where(entry => entry.Digest is not null && LiveImages.Read(entry.Image) is { Digest: null });

            // Two platforms of one image may have two digests.
            foreach (var group in running.GroupBy(entry => (entry.pod.Workload, entry.Name, entry.Image, platforms.GetValueOrDefault(entry.pod.Object.Root.Text("spec", "nodeName") ?? ""))))
            {
                var digests = group.GroupBy(entry => entry.Digest!).OrderBy(digest => digest.Key, StringComparer.Ordinal).ToList();
                if (digests.Count > 1)
                {
                    var list = string.Join("; ", digests.Select(digest => $"{digest.Key[..19]}… in {string.Join(", ", digest.Select(entry => entry.pod.Object.Name).Order(StringComparer.Ordinal).Take(3))}"));
                    context.Report(
                        LiveImages.PlaceOf(LiveImages.Find(context, item, group.Key.Image), item),
                        $"The tag of {group.Key.Image} moved: the pods of {group.Key.Workload} run {digests.Count} images ({list})",
                        "Pin the tag to a version with its digest; `kubelint registry check --pin --live` writes what runs",
                        about: item.Id);
                }
            }
        }
    }
}
