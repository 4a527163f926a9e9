using CommandLine;

namespace KubeLint.Cli;

/// <summary>What every command that builds what clusters get takes.</summary>
public abstract class ClusterOptions : CommonOptions
{
    /// <summary>Where clusters begin.</summary>
    [Option("entry", MetaValue = "ENTRY", HelpText = "Begins at this Flux Kustomization instead of those found or configured: NAMESPACE/NAME, a file that holds it, or the folder that a cluster syncs; may be given several times, each a cluster.")]
    public IEnumerable<string> Entry { get; set; } = [];
}
