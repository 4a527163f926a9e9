using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint explain</c>.</summary>
public sealed class ExplainOptions
{
    /// <summary>The rule.</summary>
    [Value(0, MetaName = "RULE", HelpText = "An id (KL1001) or a name (image-latest-tag).")]
    public string? Rule { get; set; }

    /// <summary>Assemblies with rules.</summary>
    [Option("rules", MetaValue = "FILE", HelpText = "Loads rules from this .NET assembly, which is code and runs; may be given several times.")]
    public IEnumerable<string> Assemblies { get; set; } = [];
}
