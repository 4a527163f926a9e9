using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint schemas</c>.</summary>
public sealed class SchemasArguments
{
    /// <summary>The word <c>pull</c>, then the folder.</summary>
    [Value(0, MetaName = "pull [FOLDER]", HelpText = "pull, then the folder to write GROUP/KIND_VERSION.json files to. Default: .kubelint/schemas.")]
    public IEnumerable<string> Words { get; set; } = [];

    /// <summary>The kubeconfig.</summary>
    [Option("kubeconfig", MetaValue = "FILE", HelpText = "The kubeconfig to use. Default: $KUBECONFIG, else ~/.kube/config, else the service account of the pod it runs in.")]
    public string? Kubeconfig { get; set; }

    /// <summary>The context.</summary>
    [Option("context", MetaValue = "NAME", HelpText = "The kubeconfig's context to use. Default: its current one.")]
    public string? Context { get; set; }
}
