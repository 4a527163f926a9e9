using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint registry</c>.</summary>
[Verb("registry", HelpText = "Asks registries whether the repository's images exist, and pins tags")]
public sealed class RegistryArguments
{
    /// <summary>The word <c>check</c>, then files and folders.</summary>
    [Value(0, MetaName = "check [PATH]", HelpText = "check, then files or folders to read; the working directory where none is given.")]
    public IEnumerable<string> Words { get; set; } = [];

    /// <summary>Whether to pin.</summary>
    [Option("pin", HelpText = "Shows the edits that pin tags to a version and digest that the registry confirms, or to the digest alone.")]
    public bool Pin { get; set; }

    /// <summary>Whether to write the pins.</summary>
    [Option("fix", HelpText = "With --pin: writes the edits to the files.")]
    public bool Fix { get; set; }

    /// <summary>Whether to ask for platforms.</summary>
    [Option("platforms", HelpText = "Shows the platforms of each image. On Docker Hub this counts as a pull.")]
    public bool Platforms { get; set; }

    /// <summary>Insecure registries.</summary>
    [Option("insecure-registry", MetaValue = "HOST", HelpText = "Accepts any certificate, or plain HTTP, at this registry; may be given several times.")]
    public IEnumerable<string> InsecureRegistries { get; set; } = [];

    /// <summary>The form of the report.</summary>
    [Option('f', "format", MetaValue = "FORMAT", HelpText = "How the report is written: text or json. Default: text.")]
    public string? Format { get; set; }
}
