using KubeLint.Analysis;

namespace KubeLint.Rules.Live;

/// <summary>Reports objects whose API version or kind the server does not serve.</summary>
public sealed class LiveApiNotServed : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9014", "live-api-not-served", "The cluster does not serve an object's API version", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/reference/using-api/#api-versioning"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private static void Check(LiveContext context)
    {
        foreach (var item in context.Objects)
        {
            if (item.ApiVersion.Contains('$', StringComparison.Ordinal) || !context.Live.Served.TryGetValue((item.Group, item.Version), out var kinds) || kinds.Contains(item.Kind))
            {
                continue;
            }

            var versions = context.Live.Versions.TryGetValue(item.Group, out var known) ? known : [];
            var isVersionServed = versions.Contains(item.Version);
            var at = item.Root.Get(isVersionServed ? "kind" : "apiVersion") ?? item.Root;
            var others = versions.Where(version => version != item.Version).ToList();
            context.Report(
                at,
                !isVersionServed
                    ? $"{context.Live.Name} does not serve {item.ApiVersion}, so Flux cannot apply {item.Id}"
                    : $"{context.Live.Name} serves {item.ApiVersion}, but no kind {item.Kind} in it, so Flux cannot apply {item.Id}",
                others.Count > 0 ? $"It serves {string.Join(", ", others.Select(version => item.Group.Length == 0 ? version : $"{item.Group}/{version}"))}"
                    : "Install what brings it (CustomResourceDefinitions of a chart) before, and let this Kustomization depend on that",
                about: item.Id);
        }
    }
}
