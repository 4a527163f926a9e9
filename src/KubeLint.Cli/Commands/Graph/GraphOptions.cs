using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint graph</c>.</summary>
public sealed class GraphOptions : ClusterOptions
{
    /// <summary>The format.</summary>
    [Option('f', "format", MetaValue = "FORMAT", HelpText = "mermaid, dot or svg. Default: mermaid. svg is drawn by Graphviz where it is installed.")]
    public string? Format { get; set; }
}
