using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint images</c>.</summary>
[Verb("images", HelpText = "Lists every image that the repository puts on a cluster")]
public sealed class ImagesOptions : ClusterOptions
{
    /// <summary>The format of the list.</summary>
    [Option('f', "format", MetaValue = "FORMAT", HelpText = "table, json, csv or markdown. Default: table.")]
    public string? Format { get; set; }
}
