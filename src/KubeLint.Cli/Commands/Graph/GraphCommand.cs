using System.Globalization;

namespace KubeLint.Cli;

/// <summary><c>kubelint graph</c>: draws the clusters.</summary>
internal static class GraphCommand
{
    public static async Task<int> RunAsync(GraphOptions options, CliHost host, CancellationToken cancellationToken)
    {
        if (options.Format is not (null or "mermaid" or "dot" or "svg"))
        {
            throw new UsageException($"--format must be mermaid, dot or svg, not '{options.Format}'");
        }

        var graphs = FluxGraph.Of(RepositoryReader.Read(options, host, cancellationToken));
        switch (options.Format)
        {
            case "dot":
                WriteDot(graphs, host.Output);
                break;
            case "svg":
                using (var dot = new StringWriter { NewLine = "\n" })
                {
                    WriteDot(graphs, dot);
                    host.Output.Write(await Graphviz.TryDrawAsync(dot.ToString(), cancellationToken) ?? SvgDrawing.Draw(graphs));
                }

                break;
            default:
                WriteMermaid(graphs, host.Output);
                break;
        }

        return ExitCodes.Success;
    }

    private static void WriteMermaid(List<FluxGraph> graphs, TextWriter output)
    {
        output.WriteLine("flowchart LR");
        for (var i = 0; i < graphs.Count; i++)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  subgraph cluster{i}[\"{Mermaid(graphs[i].Name)}\"]"));
            foreach (var node in graphs[i].Nodes)
            {
                var label = Mermaid(node.Label);
                output.WriteLine(node.Kind switch
                {
                    GraphNodeKind.HelmRelease => $"    {node.Id}([\"{label}\"])",
                    GraphNodeKind.Source => $"    {node.Id}[(\"{label}\")]",
                    GraphNodeKind.Missing => $"    {node.Id}{{{{\"{label} (not found)\"}}}}",
                    _ => $"    {node.Id}[\"{label}\"]",
                });
            }

            foreach (var edge in graphs[i].Edges)
            {
                var arrow = edge.Kind switch
                {
                    GraphEdgeKind.DependsOn => "-. dependsOn .->",
                    GraphEdgeKind.Source => "-. source .-",
                    _ => "-->",
                };
                output.WriteLine($"    {edge.From.Id} {arrow} {edge.To.Id}");
            }

            output.WriteLine("  end");
        }
    }

    private static void WriteDot(List<FluxGraph> graphs, TextWriter output)
    {
        output.WriteLine("digraph flux {");
        output.WriteLine("  rankdir=LR; ranksep=1.2; nodesep=0.12; node [fontname=\"Helvetica\", fontsize=10, shape=box, style=\"rounded,filled\", fillcolor=\"#e8f0fe\"];");
        for (var i = 0; i < graphs.Count; i++)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  subgraph cluster{i} {{"));
            output.WriteLine($"    label=\"{Dot(graphs[i].Name)}\"; fontname=\"Helvetica\";");
            foreach (var node in graphs[i].Nodes)
            {
                var looks = node.Kind switch
                {
                    GraphNodeKind.HelmRelease => ", fillcolor=\"#e6f4ea\"",
                    GraphNodeKind.Source => ", shape=cylinder, style=filled, fillcolor=\"#fef7e0\"",
                    GraphNodeKind.Missing => ", style=\"rounded,dashed\", color=\"#c5221f\"",
                    _ => "",
                };
                output.WriteLine($"    {node.Id} [label=\"{Dot(node.Label)}\"{looks}];");
            }

            foreach (var edge in graphs[i].Edges)
            {
                var looks = edge.Kind switch
                {
                    GraphEdgeKind.DependsOn when edge.To.Kind == GraphNodeKind.Missing => " [style=dashed, color=\"#1a73e8\"]",
                    GraphEdgeKind.DependsOn => " [style=dashed, color=\"#1a73e8\", constraint=false]",
                    GraphEdgeKind.Source => " [style=dotted, arrowhead=none, color=\"#9aa0a6\"]",
                    _ => "",
                };
                output.WriteLine($"    {edge.From.Id} -> {edge.To.Id}{looks};");
            }

            output.WriteLine("  }");
        }

        output.WriteLine("}");
    }

    private static string Mermaid(string text) => text.Replace("\"", "#quot;", StringComparison.Ordinal);

    private static string Dot(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
