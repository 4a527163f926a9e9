using KubeLint.Flux;

namespace KubeLint.Cli;

/// <summary>What a node of the drawn graph stands for.</summary>
internal enum GraphNodeKind
{
    /// <summary>A Flux Kustomization.</summary>
    Kustomization,

    /// <summary>A HelmRelease.</summary>
    HelmRelease,

    /// <summary>A source.</summary>
    Source,

    /// <summary>Something that is named and that the repository does not make.</summary>
    Missing,
}

/// <summary>Why two nodes are joined.</summary>
internal enum GraphEdgeKind
{
    /// <summary>The first applies the second.</summary>
    Applies,

    /// <summary>The first waits for the second.</summary>
    DependsOn,

    /// <summary>The first is read from the second.</summary>
    Source,
}

/// <summary>A node.</summary>
/// <param name="Id">Its name in the output, unique.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Label">What is written in it.</param>
internal sealed record GraphNode(string Id, GraphNodeKind Kind, string Label);

/// <summary>An edge.</summary>
internal sealed record GraphEdge(GraphNode From, GraphNode To, GraphEdgeKind Kind);

/// <summary>The graph of one cluster, in the order of the model.</summary>
internal sealed class FluxGraph
{
    private readonly Dictionary<ObjectId, GraphNode> byId = [];
    private readonly List<GraphNode> nodes = [];
    private readonly List<GraphEdge> edges = [];
    private readonly string prefix;

    private FluxGraph(FluxCluster cluster, int number)
    {
        Name = cluster.Name;
        prefix = $"c{number}n";
        foreach (var kustomization in cluster.Kustomizations)
        {
            Add(kustomization.Id, GraphNodeKind.Kustomization);
        }

        foreach (var release in cluster.Releases)
        {
            Add(release.Id, GraphNodeKind.HelmRelease);
        }

        foreach (var kustomization in cluster.Kustomizations)
        {
            var node = byId[kustomization.Id];
            foreach (var child in kustomization.Children)
            {
                edges.Add(new GraphEdge(node, byId[child.Id], GraphEdgeKind.Applies));
            }

            Join(node, kustomization.DependsOn(), GraphEdgeKind.DependsOn);
            // Nearly all are read from what their parent is read from: only a change of the source says something.
            Join(node, kustomization.Source is { } source && source != kustomization.Parent?.Source ? [source] : [], GraphEdgeKind.Source);
        }

        foreach (var release in cluster.Releases)
        {
            var node = byId[release.Id];
            edges.Add(new GraphEdge(byId[release.Effective.Producer.Id], node, GraphEdgeKind.Applies));
            Join(node, release.DependsOn(), GraphEdgeKind.DependsOn);
            Join(node, release.Chart.SourceId is { } source ? [source] : [], GraphEdgeKind.Source);
        }
    }

    /// <summary>The cluster's name.</summary>
    public string Name { get; }

    /// <summary>The nodes.</summary>
    public IReadOnlyList<GraphNode> Nodes => nodes;

    /// <summary>The edges.</summary>
    public IReadOnlyList<GraphEdge> Edges => edges;

    /// <summary>The graphs of a repository's clusters.</summary>
    public static List<FluxGraph> Of(RepositoryModel model) => [.. model.Clusters.Select((cluster, i) => new FluxGraph(cluster, i))];

    private void Join(GraphNode from, IEnumerable<ObjectId> targets, GraphEdgeKind kind)
    {
        foreach (var target in targets)
        {
            var to = byId.GetValueOrDefault(target) ?? Add(target, kind == GraphEdgeKind.Source ? GraphNodeKind.Source : GraphNodeKind.Missing);
            edges.Add(new GraphEdge(from, to, kind));
        }
    }

    private GraphNode Add(ObjectId id, GraphNodeKind kind)
    {
        if (byId.TryGetValue(id, out var known))
        {
            return known;
        }

        var label = kind is GraphNodeKind.Source or GraphNodeKind.Missing ? id.ToString() : $"{id.Namespace}/{id.Name}";
        var node = new GraphNode($"{prefix}{nodes.Count}", kind, label);
        byId.Add(id, node);
        nodes.Add(node);
        return node;
    }
}
