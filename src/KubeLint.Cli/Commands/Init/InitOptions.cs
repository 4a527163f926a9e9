using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint init</c>.</summary>
public sealed class InitOptions
{
    /// <summary>What is to be linted.</summary>
    [Value(0, MetaName = "PATH", HelpText = "The folder to lint; the working directory where none is given. The files are written at the root of its git repository.")]
    public string? Path { get; set; }

    /// <summary>CI systems to write a file for.</summary>
    [Option("ci", MetaValue = "SYSTEM", HelpText = "Writes a workflow too: github or gitlab; may be given for both.")]
    public IEnumerable<string> Ci { get; set; } = [];

    /// <summary>Whether a pre-commit configuration is written.</summary>
    [Option("pre-commit", HelpText = "Writes a .pre-commit-config.yaml too.")]
    public bool PreCommit { get; set; }

    /// <summary>Whether files that are there are replaced.</summary>
    [Option("force", HelpText = "Replaces files that are there. Without it, nothing is written where one of them is.")]
    public bool Force { get; set; }
}
