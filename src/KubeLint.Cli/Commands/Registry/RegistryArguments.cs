using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint registry</c>.</summary>
public sealed class RegistryArguments : ClusterOptions
{
    /// <summary>Whether to pin.</summary>
    [Option("pin", HelpText = "Shows the edits that pin tags to a version and digest that the registry confirms, or to the digest alone.")]
    public bool Pin { get; set; }

    /// <summary>Whether to pin to what runs.</summary>
    [Option("live", HelpText = "With --pin: pins to what the pods of the running cluster run now, not to what the registry has.")]
    public bool Live { get; set; }

    /// <summary>The kubeconfig.</summary>
    [Option("kubeconfig", MetaValue = "FILE", HelpText = "With --live: the kubeconfig to use. Default: $KUBECONFIG, else ~/.kube/config.")]
    public string? Kubeconfig { get; set; }

    /// <summary>The context.</summary>
    [Option("context", MetaValue = "NAME", HelpText = "With --live: the kubeconfig's context to use. Default: its current one.")]
    public string? Context { get; set; }

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
    [Option('f', "format", MetaValue = "FORMAT", HelpText = "How the report is written: text or json, which tell of each image, or a format of lint (sarif, github, gitlab, junit, markdown, csv, concise) with the images that do not exist as findings. Default: text.")]
    public string? Format { get; set; }
}
