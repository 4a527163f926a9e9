using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Live;

namespace KubeLint.Rules.Live;

/// <summary>Reports objects of a Kustomization's inventory that its build no longer holds.</summary>
public sealed class LiveOrphan : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL9005", "live-orphan", "The cluster has an object that the repository no longer makes", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#inventory"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Live(Check);

    private const int Shown = 5;

    private static void Check(LiveContext context)
    {
        foreach (var item in context.Cluster?.Kustomizations ?? [])
        {
            // What is not known wholly may still make them.
            if (item.State != KustomizationState.Built || !item.IsComplete || context.Find(item.Object).Object is not { } live)
            {
                continue;
            }

            var made = item.AllObjects().Select(effective => (effective.Id.Group, effective.Id.Kind, effective.Id.Name)).ToHashSet();
            var named = item.AllObjects().Select(effective => effective.Id).ToHashSet();
            var unknown = item.AllObjects().Where(effective => effective.Id.Name.Contains('$', StringComparison.Ordinal)).Select(effective => (effective.Id.Group, effective.Id.Kind)).ToHashSet();
            var orphans = new List<string>();
            foreach (var entry in live.Root.Items("status", "inventory", "entries"))
            {
                if (Read(entry.Text("id")) is not { } id || unknown.Contains((id.Group, id.Kind)) || named.Contains(id) || named.Contains(id with { Namespace = null }))
                {
                    continue;
                }

                // An object without a namespace of its own is where Flux, or nothing, put it; one that the inventory has cluster-wide has none.
                if ((id.Namespace is null or "default" || item.Object.Root.GetString("spec", "targetNamespace") == id.Namespace) && made.Contains((id.Group, id.Kind, id.Name)))
                {
                    continue;
                }

                orphans.Add(id.ToString());
            }

            Report(context, item, live, orphans);
        }
    }

    private static void Report(LiveContext context, FluxKustomization item, LiveObject live, List<string> orphans)
    {
        if (orphans.Count == 0)
        {
            return;
        }

        var prunes = live.Root.Flag("spec", "prune");
        var list = string.Join(", ", orphans.Order(StringComparer.Ordinal).Take(Shown)) + (orphans.Count > Shown ? $" and {orphans.Count - Shown} more" : "");
        context.ReportAtName(
            item.Object,
            $"{item.Id} applied {list} in {context.Live.Name}, which the repository no longer makes: {(prunes ? "Flux deletes it with the next apply" : "it stays, for prune is off")}",
            prunes ? "Where that is not meant, bring it back before the commit is applied" : "Delete it by hand, or write `prune: true`");
    }

    // namespace_name_group_kind; a colon in a name is written as two underscores.
    private static ObjectId? Read(string? id)
    {
        if (id is null || id.IndexOf('_', StringComparison.Ordinal) is not (>= 0 and var first))
        {
            return null;
        }

        var last = id.LastIndexOf('_');
        var group = last <= first ? -1 : id.LastIndexOf('_', last - 1);
        if (group <= first)
        {
            return null;
        }

        return new ObjectId(
            id[(group + 1)..last],
            id[(last + 1)..],
            first == 0 ? null : id[..first],
            id[(first + 1)..group].Replace("__", ":", StringComparison.Ordinal));
    }
}
