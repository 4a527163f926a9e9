using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint lint</c>.</summary>
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

    /// <summary>Assemblies with rules.</summary>
    [Option("rules", MetaValue = "FILE", HelpText = "Loads rules from this .NET assembly, which is code and runs; may be given several times. Not in the native build.")]
    public IEnumerable<string> Rules { get; set; } = [];

    /// <summary>The least severity that fails the run.</summary>
    [Option("fail-on", MetaValue = "LEVEL", HelpText = "The least severity that makes the exit code 1: error, warning, info or never. Default: warning.")]
    public string? FailOn { get; set; }

    /// <summary>Whether fixes are written.</summary>
    [Option("fix", HelpText = "Applies the safe fixes to the files, and reports what is left.")]
    public bool Fix { get; set; }

    /// <summary>Whether fixes that may change what runs are applied too.</summary>
    [Option("unsafe-fixes", HelpText = "With --fix or --diff: applies those fixes too that may change what runs.")]
    public bool UnsafeFixes { get; set; }

    /// <summary>Whether fixes are shown instead.</summary>
    [Option("diff", HelpText = "Changes nothing: writes what --fix would change as a unified diff, which 'git apply' takes. The exit code is 1 when there is one.")]
    public bool Diff { get; set; }

    /// <summary>Tags for images.</summary>
    [Option("pin", MetaValue = "IMAGE=TAG", HelpText = "The version to fix a moving tag of this image to; a digest may follow (1.64.2@sha256:…). May be given several times.")]
    public IEnumerable<string> Pin { get; set; } = [];

    /// <summary>Whether the running cluster is looked at.</summary>
    [Option("live", HelpText = "Compares the repository with the running cluster too (rules KL9), which it only reads.")]
    public bool Live { get; set; }

    /// <summary>The kubeconfig.</summary>
    [Option("kubeconfig", MetaValue = "FILE", HelpText = "With --live: the kubeconfig to use. Default: $KUBECONFIG, else ~/.kube/config, else the service account of the pod it runs in.")]
    public string? Kubeconfig { get; set; }

    /// <summary>The context.</summary>
    [Option("context", MetaValue = "NAME", HelpText = "With --live: the kubeconfig's context to use. Default: its current one.")]
    public string? Context { get; set; }

    /// <summary>The namespaces.</summary>
    [Option('n', "namespace", MetaValue = "NAME", HelpText = "With --live: looks only at this namespace of the cluster; may be given several times.")]
    public IEnumerable<string> Namespace { get; set; } = [];

    /// <summary>Whether no schema is fetched.</summary>
    [Option("offline", HelpText = "Fetches no schemas from the https addresses of schemaLocations: uses those that earlier runs fetched, however old.")]
    public bool Offline { get; set; }

    /// <summary>The file of known findings.</summary>
    [Option("baseline", MetaValue = "FILE", HelpText = "Reports only findings that this file does not know.")]
    public string? Baseline { get; set; }

    /// <summary>Where known findings are written.</summary>
    [Option("write-baseline", MetaValue = "FILE", HelpText = "Writes all findings to a file for --baseline, and reports none.")]
    public string? WriteBaseline { get; set; }

    /// <summary>Whether the baseline loses what no longer occurs.</summary>
    [Option("prune-baseline", HelpText = "With --baseline: takes entries out of the file that no longer occur.")]
    public bool PruneBaseline { get; set; }

    /// <summary>The revision to compare with.</summary>
    [Option("since", MetaValue = "REV", HelpText = "Reports only what changed since this git revision: findings on lines that differ from it or are made by such lines, findings that were not there then, and what rules say of the change itself. REV... means where the branch left REV.")]
    public string? Since { get; set; }

    /// <summary>Whether the run is repeated at each change.</summary>
    [Option("watch", HelpText = "Lints again whenever a file changes, until it is interrupted.")]
    public bool Watch { get; set; }

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
