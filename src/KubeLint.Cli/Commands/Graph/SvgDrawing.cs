using System.Globalization;
using System.Net;
using System.Text;

namespace KubeLint.Cli;

/// <summary>
/// A plain drawing for machines without Graphviz: each cluster a tree from left to right, one row a leaf, sources in the
/// last column.
/// </summary>
internal static class SvgDrawing
{
    private const int RowHeight = 26;
    private const int BoxHeight = 20;
    private const int ColumnGap = 60;
    private const int Margin = 20;
    private const double CharacterWidth = 6.6;

    /// <summary>The clusters, one below the other.</summary>
    public static string Draw(IReadOnlyList<FluxGraph> graphs)
    {
        var body = new StringBuilder();
        double top = Margin, width = 0;
        foreach (var graph in graphs)
        {
            body.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"{top + 12}\" class=\"title\">{WebUtility.HtmlEncode(graph.Name)}</text>\n");
            var layout = new Layout(graph, top + RowHeight);
            layout.Write(body);
            top = layout.Bottom + RowHeight;
            width = Math.Max(width, layout.Right);
        }

        var result = new StringBuilder();
        result.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width + Margin:F0}\" height=\"{top + Margin:F0}\">\n");
        result.Append("<style>text{font:11px Helvetica,Arial,sans-serif}.title{font-weight:bold;font-size:13px}rect{stroke:#5f6368;rx:4}path{fill:none;stroke:#80868b}"
            + ".DependsOn{stroke:#1a73e8;stroke-dasharray:4 3;marker-end:url(#arrow)}.Source{stroke:#b0b6bd;stroke-dasharray:2 3}"
            + ".Kustomization{fill:#e8f0fe}.HelmRelease{fill:#e6f4ea}.Missing{fill:#fce8e6}rect.Source{fill:#fef7e0;stroke-dasharray:none;stroke:#5f6368}</style>\n");
        result.Append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
            + "<path d=\"M0 0L8 4L0 8z\" style=\"fill:#1a73e8;stroke:none\"/></marker></defs>\n");
        result.Append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\" stroke=\"none\" style=\"stroke:none\"/>\n");
        return result.Append(body).Append("</svg>\n").ToString();
    }

    private sealed class Layout
    {
        private readonly FluxGraph graph;
        private readonly Dictionary<GraphNode, (int Column, double Y)> places = [];
        private readonly ILookup<GraphNode, GraphNode> children;
        private readonly List<double> columns = [];
        private readonly List<double> widths = [];
        private double nextRow;

        public Layout(FluxGraph graph, double top)
        {
            this.graph = graph;
            nextRow = top;
            children = graph.Edges.Where(edge => edge.Kind == GraphEdgeKind.Applies).ToLookup(edge => edge.From, edge => edge.To);
            var applied = graph.Edges.Where(edge => edge.Kind == GraphEdgeKind.Applies).Select(edge => edge.To).ToHashSet();
            foreach (var node in graph.Nodes.Where(node => !applied.Contains(node) && node.Kind is GraphNodeKind.Kustomization or GraphNodeKind.HelmRelease))
            {
                Place(node, 0);
            }

            Bottom = nextRow;
            var last = places.Count == 0 ? 0 : places.Values.Max(place => place.Column) + 1;
            nextRow = top;
            // Beside who needs them, as far as there is room.
            var users = graph.Edges.Where(edge => edge.Kind != GraphEdgeKind.Applies).ToLookup(edge => edge.To, edge => edge.From);
            foreach (var (node, wanted) in graph.Nodes.Where(node => !places.ContainsKey(node))
                .Select(node => (Node: node, Y: users[node].Where(places.ContainsKey).Select(user => places[user].Y).DefaultIfEmpty(top).Min())).OrderBy(item => item.Y).ToList())
            {
                nextRow = Math.Max(nextRow, wanted);
                places[node] = (last, nextRow);
                nextRow += RowHeight;
            }

            Bottom = Math.Max(Bottom, nextRow);
            MeasureColumns();
        }

        public double Bottom { get; }

        public double Right => columns.Count == 0 ? 0 : columns[^1] + widths[^1];

        public void Write(StringBuilder output)
        {
            foreach (var edge in graph.Edges)
            {
                var (fromColumn, fromY) = places[edge.From];
                var (toColumn, toY) = places[edge.To];
                var startX = columns[fromColumn] + Width(edge.From);
                var isBackwards = toColumn <= fromColumn;
                var endX = columns[toColumn] + (isBackwards ? Width(edge.To) : 0);
                var bend = isBackwards ? 24 : -24;
                output.Append(
                    CultureInfo.InvariantCulture,
                    $"<path class=\"{edge.Kind}\" d=\"M{startX:F0} {fromY + (BoxHeight / 2)}C{startX + 24:F0} {fromY + (BoxHeight / 2)} {endX + bend:F0} {toY + (BoxHeight / 2)} {endX:F0} {toY + (BoxHeight / 2)}\"/>\n");
            }

            foreach (var node in graph.Nodes)
            {
                var (column, y) = places[node];
                output.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect class=\"{node.Kind}\" x=\"{columns[column]:F0}\" y=\"{y}\" width=\"{Width(node):F0}\" height=\"{BoxHeight}\"/><text x=\"{columns[column] + 6:F0}\" y=\"{y + 14}\">{WebUtility.HtmlEncode(node.Label)}</text>\n");
            }
        }

        private static double Width(GraphNode node) => (node.Label.Length * CharacterWidth) + 12;

        // A node stands beside the middle of its children.
        private double Place(GraphNode node, int column)
        {
            places[node] = (column, nextRow);
            double first = -1, last = -1;
            foreach (var child in children[node])
            {
                if (!places.ContainsKey(child))
                {
                    last = Place(child, column + 1);
                    first = first < 0 ? last : first;
                }
            }

            var y = nextRow;
            if (first < 0)
            {
                nextRow += RowHeight;
            }
            else
            {
                y = (first + last) / 2;
            }

            places[node] = (column, y);
            return y;
        }

        private void MeasureColumns()
        {
            foreach (var (node, (column, _)) in places)
            {
                while (widths.Count <= column)
                {
                    widths.Add(0);
                }

                widths[column] = Math.Max(widths[column], Width(node));
            }

            double x = Margin;
            foreach (var width in widths)
            {
                columns.Add(x);
                x += width + ColumnGap;
            }
        }
    }
}
