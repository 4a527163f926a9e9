using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint completion</c>.</summary>
public sealed class CompletionOptions
{
    /// <summary>The shell.</summary>
    [Value(0, MetaName = "SHELL", HelpText = "bash, zsh, fish or powershell.")]
    public string? Shell { get; set; }
}
