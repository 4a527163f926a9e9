using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports Kustomizations and HelmReleases that wait for each other.</summary>
public sealed class DependencyCycle : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2006", "dependency-cycle", "What depends on each other, or on itself, is never applied", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(Check);

    private static void Check(GraphContext context)
    {
        var kustomizations = new DependencyGraph();
        foreach (var item in context.Cluster.Kustomizations)
        {
            kustomizations.Add(item.Id, Dependencies.Of(item.Object, item.Id));
        }

        var releases = new DependencyGraph();
        foreach (var item in context.Cluster.Releases)
        {
            releases.Add(item.Id, Dependencies.Of(item.Object, item.Id));
        }

        Report(context, kustomizations);
        Report(context, releases);
        CheckParents(context);
    }

    private static void Report(GraphContext context, DependencyGraph graph)
    {
        foreach (var cycle in graph.Cycles(context.CancellationToken))
        {
            var first = cycle[0];
            var message = cycle.Length == 1
                ? $"{first.From.Kind} {Show(first.From)} depends on itself, so it is never applied"
                : $"{first.From.Kind}s depend on each other and none is ever applied: {string.Join(" → ", cycle.Select(edge => Show(edge.From)))} → {Show(first.From)}";
            context.Report(
                first.Reference.At,
                message,
                "Remove the dependency that is not needed",
                [.. cycle.Skip(1).Select(edge => new RelatedLocation(edge.Reference.At.Location, $"{Show(edge.From)} depends on {Show(edge.Reference.Id)}"))],
                about: first.From);
        }
    }

    // A parent that waits for what it applies, and a child that waits for its parent; or a parent that waits for its child before it applies it.
    private static void CheckParents(GraphContext context)
    {
        foreach (var child in context.Cluster.Kustomizations)
        {
            if (child.Parent is not { } parent || child.Id == parent.Id)
            {
                continue;
            }

            if (parent.Object.Root.Get("spec", "wait")?.AsScalar()?.AsBoolean() == true
                && Find(child, parent.Id) is { } up)
            {
                context.Report(
                    up.At,
                    $"Kustomization {Show(parent.Id)} applies {Show(child.Id)} and waits for it, and {Show(child.Id)} depends on {Show(parent.Id)}, so neither becomes ready",
                    "Remove the dependency, or `wait: true` of the parent",
                    [new RelatedLocation(parent.Object.Root.Get("spec", "wait")!.Location, "The parent waits for all that it applies")],
                    about: child.Id);
            }

            if (Find(parent, child.Id) is { } down
                && !IsBegunWith(parent, child)
                && IsMadeByOnly(context.Cluster, child, parent))
            {
                context.Report(
                    down.At,
                    $"Kustomization {Show(parent.Id)} depends on {Show(child.Id)}, which it would have to apply first, so neither is ever applied",
                    "Remove the dependency: what is applied needs no dependency to its parts",
                    about: parent.Id);
            }
        }
    }

    // The entry by which a Kustomization depends on another one.
    private static ObjectReference? Find(FluxKustomization kustomization, ObjectId other)
    {
        foreach (var entry in Dependencies.Of(kustomization.Object, kustomization.Id))
        {
            if (entry.Id == other)
            {
                return entry;
            }
        }

        return null;
    }

    private static bool IsMadeByOnly(FluxCluster cluster, FluxKustomization child, FluxKustomization parent) =>
        cluster.Knowledge.ProducersOf(child.Id.Group, child.Id.Kind, child.Id.Namespace, child.Id.Name).All(item => item.Producer.Id == parent.Id);

    // A person applies the directory in which a cluster begins: what stands there beside the entry point is there before anything is reconciled.
    private static bool IsBegunWith(FluxKustomization parent, FluxKustomization child) =>
        parent.EntryPoint is { At.Source.Root.Path: var begins } && Path.GetDirectoryName(begins) == Path.GetDirectoryName(child.Object.Root.Source.Root.Path);

    private static string Show(ObjectId id) => $"{id.Namespace}/{id.Name}";

    private readonly record struct Edge(ObjectId From, ObjectReference Reference);

    /// <summary>Who depends on whom.</summary>
    private sealed class DependencyGraph
    {
        private readonly SortedDictionary<string, (ObjectId Id, List<ObjectReference> Edges)> nodes = new(StringComparer.Ordinal);

        public void Add(ObjectId id, IEnumerable<ObjectReference> edges)
        {
            if (edges.ToList() is { Count: > 0 } list)
            {
                nodes.TryAdd(id.ToString(), (id, list));
            }
        }

        /// <summary>One shortest cycle through the first member of each group of objects that depend on each other.</summary>
        public IEnumerable<ImmutableArray<Edge>> Cycles(CancellationToken cancellationToken)
        {
            var left = WithoutEnds(cancellationToken);
            var told = new HashSet<string>(StringComparer.Ordinal);
            foreach (var start in left.Keys.Order(StringComparer.Ordinal))
            {
                if (!told.Contains(start) && Shortest(start, left) is { } cycle)
                {
                    told.UnionWith(cycle.Select(edge => edge.From.ToString()));
                    yield return cycle;
                }
            }
        }

        // Only what depends and is depended on can be in a cycle; the rest falls away from both ends, each object and edge once.
        private Dictionary<string, List<ObjectReference>> WithoutEnds(CancellationToken cancellationToken)
        {
            var left = nodes.ToDictionary(node => node.Key, node => node.Value.Edges, StringComparer.Ordinal);
            var next = left.Keys.ToDictionary(key => key, _ => new List<string>(), StringComparer.Ordinal);
            var previous = left.Keys.ToDictionary(key => key, _ => new List<string>(), StringComparer.Ordinal);
            foreach (var (key, edges) in left)
            {
                foreach (var target in edges.Select(edge => edge.Id.ToString()).Where(left.ContainsKey))
                {
                    next[key].Add(target);
                    previous[target].Add(key);
                }
            }

            RemoveEnds(left, next, previous, cancellationToken);
            RemoveEnds(left, previous, next, cancellationToken);
            return left;
        }

        private static void RemoveEnds(
            Dictionary<string, List<ObjectReference>> left, Dictionary<string, List<string>> next, Dictionary<string, List<string>> previous, CancellationToken cancellationToken)
        {
            var open = left.Keys.ToDictionary(key => key, key => next[key].Count(left.ContainsKey), StringComparer.Ordinal);
            var ends = new Queue<string>(open.Where(count => count.Value == 0).Select(count => count.Key));
            while (ends.TryDequeue(out var end))
            {
                cancellationToken.ThrowIfCancellationRequested();
                left.Remove(end);
                foreach (var key in previous[end])
                {
                    if (left.ContainsKey(key) && --open[key] == 0)
                    {
                        ends.Enqueue(key);
                    }
                }
            }
        }

        private ImmutableArray<Edge>? Shortest(string start, Dictionary<string, List<ObjectReference>> left)
        {
            var cameBy = new Dictionary<string, Edge>(StringComparer.Ordinal);
            var pending = new Queue<string>([start]);
            while (pending.TryDequeue(out var key))
            {
                foreach (var reference in left[key])
                {
                    var edge = new Edge(nodes[key].Id, reference);
                    var next = reference.Id.ToString();
                    if (next == start)
                    {
                        var cycle = new List<Edge> { edge };
                        while (cycle[^1].From.ToString() != start)
                        {
                            cycle.Add(cameBy[cycle[^1].From.ToString()]);
                        }

                        cycle.Reverse();
                        return [.. cycle];
                    }

                    if (left.ContainsKey(next) && cameBy.TryAdd(next, edge))
                    {
                        pending.Enqueue(next);
                    }
                }
            }

            return null;
        }
    }
}
