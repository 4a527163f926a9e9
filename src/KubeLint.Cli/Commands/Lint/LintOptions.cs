using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint lint</c>.</summary>
[Verb("lint", HelpText = "Finds what is wrong in a Flux repository (the default command)")]
public sealed class LintOptions : ClusterOptions
{
    /// <summary>The format of the report.</summary>
    [Option('f', "format", MetaValue = "FORMAT", HelpText = "How the report is written: text, concise, json, sarif, github, gitlab, junit, markdown or csv. Default: text, or what the ending of the --output file says.")]
    public string? Format { get; set; }

    /// <summary>Files to write to.</summary>
    [Option('o', "output", MetaValue = "[FORMAT=]FILE", HelpText = "Writes the report to a file instead of standard output. With FORMAT= it is written besides, in that format; may be given several times.")]
    public IEnumerable<string> Output { get; set; } = [];

    /// <summary>The only rules to run.</summary>
    [Option("select", MetaValue = "RULES", HelpText = "Runs only these rules: ids (KL1001), names (image-latest-tag) or families (images, KL1), with commas between them; may be given several times.")]
    public IEnumerable<string> Select { get; set; } = [];

    /// <summary>Rules not to run.</summary>
    [Option("ignore", MetaValue = "RULES", HelpText = "Does not run these rules; may be given several times.")]
    public IEnumerable<string> Ignore { get; set; } = [];

    /// <summary>The least severity that fails the run.</summary>
    [Option("fail-on", MetaValue = "LEVEL", HelpText = "The least severity that makes the exit code 1: error, warning, info or never. Default: warning.")]
    public string? FailOn { get; set; }

    /// <summary>What standard input is called.</summary>
    [Option("stdin-filename", MetaValue = "FILE", HelpText = "Where the text of standard input stands in the repository, when the path is '-'.")]
    public string? StdinFileName { get; set; }

    /// <summary>Whether silenced findings are reported as such.</summary>
    [Option("show-suppressed", HelpText = "Reports suppressed findings too, marked as such, in the format that can say so: sarif.")]
    public bool ShowSuppressed { get; set; }

    /// <summary>Whether only counts are shown.</summary>
    [Option("statistics", HelpText = "Shows how many findings each rule has instead of the findings.")]
    public bool Statistics { get; set; }

    /// <summary>Whether details of the run are shown.</summary>
    [Option('v', "verbose", HelpText = "Says on standard error what was read and skipped, and how long each phase took.")]
    public bool Verbose { get; set; }

    /// <summary>Whether only findings are shown.</summary>
    [Option('q', "quiet", HelpText = "Leaves out notes and the summary.")]
    public bool Quiet { get; set; }
}
