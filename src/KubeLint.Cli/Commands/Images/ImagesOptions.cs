using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint images</c>.</summary>
public sealed class ImagesOptions : ClusterOptions
{
    /// <summary>The format of the list.</summary>
    [Option('f', "format", MetaValue = "FORMAT", HelpText = "table, json, csv or markdown. Default: table.")]
    public string? Format { get; set; }
}
