using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint build</c>.</summary>
public sealed class BuildOptions : ClusterOptions
{
    /// <summary>The Flux Kustomization to build.</summary>
    [Option("kustomization", MetaValue = "NAMESPACE/NAME", HelpText = "Prints what this Flux Kustomization of the repository applies: its parents' patches, its own and its variables included.")]
    public string? Kustomization { get; set; }

    /// <summary>The cluster.</summary>
    [Option("cluster", MetaValue = "NAME", HelpText = "The cluster whose Kustomization is meant, where several have one of that name.")]
    public string? Cluster { get; set; }

    /// <summary>Whether origins are printed.</summary>
    [Option("origins", HelpText = "Prints at each line's right where it is written.")]
    public bool Origins { get; set; }

    /// <summary>Whether every kustomization below the paths is built.</summary>
    [Option("all", HelpText = "Builds every kustomization below the paths, each under a line with its folder.")]
    public bool All { get; set; }
}
