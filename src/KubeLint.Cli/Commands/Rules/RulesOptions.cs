using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint rules</c>.</summary>
public sealed class RulesOptions
{
    /// <summary>The only families or rules to list.</summary>
    [Value(0, MetaName = "RULES", HelpText = "Ids, names or families to list; all where none is given.")]
    public IEnumerable<string> Names { get; set; } = [];

    /// <summary>The format of the list.</summary>
    [Option('f', "format", MetaValue = "FORMAT", HelpText = "text, json or markdown. Default: text.")]
    public string? Format { get; set; }

    /// <summary>Assemblies with rules.</summary>
    [Option("rules", MetaValue = "FILE", HelpText = "Loads rules from this .NET assembly, which is code and runs; may be given several times.")]
    public IEnumerable<string> Assemblies { get; set; } = [];
}
