using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint tree</c>.</summary>
public sealed class TreeOptions : ClusterOptions
{
    /// <summary>The format.</summary>
    [Option('f', "format", MetaValue = "FORMAT", HelpText = "text or json. Default: text.")]
    public string? Format { get; set; }

    /// <summary>Whether all objects are listed.</summary>
    [Option("objects", HelpText = "Lists every object, not only counts.")]
    public bool Objects { get; set; }
}
