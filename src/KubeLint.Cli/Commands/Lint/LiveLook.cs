using KubeLint.Cluster.Api;
using KubeLint.Cluster.Live;
using KubeLint.Cluster.Snapshots;

namespace KubeLint.Cli;

/// <summary>Looks at the running cluster for <c>--live</c>.</summary>
internal static class LiveLook
{
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(30);

    /// <summary>The run with what the cluster holds; as it is where no cluster was asked for.</summary>
    /// <exception cref="UsageException">An option goes only with <c>--live</c>.</exception>
    /// <exception cref="ClusterException">The cluster cannot be looked at.</exception>
    public static async Task<LintRun> WithClusterAsync(LintOptions options, LintRun run, CancellationToken cancellationToken)
    {
        if (!options.Live)
        {
            return options.Kubeconfig is null && options.Context is null && !options.Namespace.Any() ? run
                : throw new UsageException("--kubeconfig, --context and --namespace go with --live");
        }

        var kubeconfig = options.Kubeconfig is null ? null : Path.Combine(run.Host.CurrentDirectory, options.Kubeconfig);
        using var cluster = ClusterClient.Connect(kubeconfig, options.Context, RequestLimit);
        var workspace = run.Load(run.Source, cancellationToken);
        var model = FluxSettings.Build(workspace, run.Flux, cancellationToken);
        var collector = new LiveCollector(cluster, new SecretScrubber())
        {
            History = (branch, commits, token) => GitHistory.ReadAsync(workspace.RepositoryRoot, branch, commits, token),
        };
        var reading = collector.CollectAsync(model, [.. options.Namespace], cancellationToken);
        await run.Timings.Run("Reading the cluster", () => reading, _ => cluster.Name);
        var live = await reading;

        // What runs now is confirmed: a moving tag may be pinned to it. What a person names comes first.
        var running = new RunningPins(live.OfKind("", "Pod").OfType<ClusterObject>(), live.OfKind("", "Node").OfType<ClusterObject>());
        return run with { Live = live, Pins = running.ByName().SetItems(run.Pins) };
    }
}
