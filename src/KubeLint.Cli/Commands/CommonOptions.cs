using CommandLine;

namespace KubeLint.Cli;

/// <summary>What every command that reads a repository takes.</summary>
public abstract class CommonOptions
{
    /// <summary>Files, folders or globs.</summary>
    [Value(0, MetaName = "PATH", HelpText = "Files, folders or globs to read; the working directory where none is given.")]
    public IEnumerable<string> Paths { get; set; } = [];

    /// <summary>The configuration file to use.</summary>
    [Option("config", MetaValue = "FILE", HelpText = "Uses this configuration instead of the .kubelint.yaml found at or above the first path.")]
    public string? Config { get; set; }

    /// <summary>Whether no configuration file is read.</summary>
    [Option("no-config", HelpText = "Reads no configuration file.")]
    public bool NoConfig { get; set; }

    /// <summary>When colours are written.</summary>
    [Option("color", MetaValue = "WHEN", HelpText = "Colours: auto (on a terminal; NO_COLOR and FORCE_COLOR are respected), always or never. Default: auto.")]
    public string? Color { get; set; }
}
