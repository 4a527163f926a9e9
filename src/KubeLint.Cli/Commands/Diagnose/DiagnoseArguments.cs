using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint diagnose</c>.</summary>
public sealed class DiagnoseArguments
{
    /// <summary>The workload.</summary>
    [Value(0, MetaName = "NAMESPACE/NAME", HelpText = "The workload: a Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod or HelmRelease. NAMESPACE/KIND/NAME where a name is not enough.")]
    public string? Target { get; set; }

    /// <summary>The kubeconfig.</summary>
    [Option("kubeconfig", MetaValue = "FILE", HelpText = "The kubeconfig to use. Default: $KUBECONFIG, else ~/.kube/config, else the service account of the pod it runs in.")]
    public string? Kubeconfig { get; set; }

    /// <summary>The context.</summary>
    [Option("context", MetaValue = "NAME", HelpText = "The kubeconfig's context to use. Default: its current one.")]
    public string? Context { get; set; }

    /// <summary>The repository.</summary>
    [Option("repo", MetaValue = "PATH", HelpText = "The repository in which to find the line to change. Default: the working directory.")]
    public string? Repository { get; set; }

    /// <summary>Whether registries are left alone.</summary>
    [Option("offline", HelpText = "Asks no registry.")]
    public bool Offline { get; set; }

    /// <summary>Insecure registries.</summary>
    [Option("insecure-registry", MetaValue = "HOST", HelpText = "Accepts any certificate, or plain HTTP, at this registry; may be given several times.")]
    public IEnumerable<string> InsecureRegistries { get; set; } = [];

    /// <summary>The form of the report.</summary>
    [Option('f', "format", MetaValue = "FORMAT", HelpText = "How the report is written: text, json or markdown. Default: text.")]
    public string? Format { get; set; }

    /// <summary>Whether to follow.</summary>
    [Option('w', "watch", HelpText = "Follows until all is well, one line a change.")]
    public bool Watch { get; set; }

    /// <summary>How long to follow.</summary>
    [Option("timeout", MetaValue = "TIME", HelpText = "How long --watch follows: 90s, 10m, 1h. Default: 10m.")]
    public string? Timeout { get; set; }

    /// <summary>The bundle.</summary>
    [Option("bundle", MetaValue = "FILE", HelpText = "Writes report, objects, events and logs to a zip file, Secrets' values redacted.")]
    public string? Bundle { get; set; }

    /// <summary>What to apply.</summary>
    [Option("apply", MetaValue = "WHAT", HelpText = "Changes the cluster, after asking: reconcile (asks Flux to), restart (as kubectl rollout restart) or pull-secret (makes one from --from-docker-config).")]
    public string? Apply { get; set; }

    /// <summary>The docker config.</summary>
    [Option("from-docker-config", MetaValue = "FILE", HelpText = "The docker config.json that --apply pull-secret makes the Secret from.")]
    public string? FromDockerConfig { get; set; }

    /// <summary>Whether not to ask.</summary>
    [Option('y', "yes", HelpText = "Does what --apply shows without asking.")]
    public bool Yes { get; set; }
}
