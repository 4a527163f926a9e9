using KubeLint.Cluster.Actions;
using KubeLint.Cluster.Api;
using KubeLint.Cluster.Diagnosis;
using KubeLint.Cluster.Reports;
using KubeLint.Cluster.Repository;
using KubeLint.Cluster.Snapshots;
using KubeLint.Registry;

namespace KubeLint.Cluster;

/// <summary>Runs <c>kubelint diagnose</c>.</summary>
public sealed class DiagnoseRun
{
    /// <summary>All is well.</summary>
    public const int Healthy = 0;

    /// <summary>A cause was found.</summary>
    public const int CauseFound = 1;

    /// <summary>Wrong use.</summary>
    public const int WrongUse = 2;

    /// <summary>The cluster could not be looked at.</summary>
    public const int CouldNotLook = 3;

    private static readonly TimeSpan requestLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan registryLimit = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan longestPause = TimeSpan.FromSeconds(30);

    private readonly DiagnoseOptions options;
    private readonly TextWriter output;
    private readonly TextWriter errors;
    private readonly Func<string, bool> confirm;
    private readonly TimeProvider time;
    private readonly SecretScrubber scrubber = new();

    /// <summary>A run that writes to the given writers.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="output">The report.</param>
    /// <param name="errors">What goes wrong.</param>
    /// <param name="confirm">Asks the user a question, true for yes.</param>
    /// <param name="time">The clock.</param>
    public DiagnoseRun(DiagnoseOptions options, TextWriter output, TextWriter errors, Func<string, bool> confirm, TimeProvider time)
    {
        this.options = options;
        this.output = output;
        this.errors = errors;
        this.confirm = confirm;
        this.time = time;
    }

    /// <summary>Runs it; gives the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Apply is not (null or "reconcile" or "restart" or "pull-secret"))
        {
            return Fail(WrongUse, $"--apply takes reconcile, restart or pull-secret, not {options.Apply}");
        }

        if ((options.Apply == "pull-secret") != (options.FromDockerConfig is not null))
        {
            return Fail(WrongUse, "--apply pull-secret and --from-docker-config FILE go together");
        }

        try
        {
            using var cluster = ClusterClient.Connect(options.Kubeconfig, options.Context, requestLimit);
            var repository = options.Repository is null ? null : RepositoryLookup.Load(options.Repository, cancellationToken);
            var report = await LookAsync(cluster, repository, cancellationToken).ConfigureAwait(false);
            if (!options.Watch)
            {
                Write(ReportWriter.Write(report, options.Format));
            }

            if (options.Bundle is { } bundle && await WriteBundleAsync(cluster, report, bundle, cancellationToken).ConfigureAwait(false) is > 0 and var failed)
            {
                return failed;
            }

            if (options.Apply is not null)
            {
                var applied = await ApplyAsync(cluster, report, cancellationToken).ConfigureAwait(false);
                if (applied != Healthy)
                {
                    return applied;
                }
            }

            report = options.Watch ? await WatchAsync(cluster, repository, report, cancellationToken).ConfigureAwait(false) : report;
            return report.IsHealthy ? Healthy
                : report.Causes.Count == 0 ? CouldNotLook
                : report.Causes[0].Kind == CauseKind.WorkloadNotFound && report.Snapshot.NotChecked.Count > 0 ? CouldNotLook
                : CauseFound;
        }
        catch (ClusterException exception)
        {
            return Fail(CouldNotLook, exception.Message);
        }
    }

    private async Task<DiagnosisReport> LookAsync(ClusterClient cluster, RepositoryLookup? repository, CancellationToken cancellationToken)
    {
        // Each look asks the registries anew: an answer of a minute ago is not what a watch waits for.
        using var registries = options.Offline ? null : new RegistryClient(new RegistryClientOptions
        {
            Insecure = options.InsecureRegistries.ToHashSet(StringComparer.OrdinalIgnoreCase),
            Timeout = registryLimit,
            Retries = 0,
        });
        var collector = new SnapshotCollector(cluster, new SnapshotOptions(registries), scrubber);
        return Diagnoser.Diagnose(await collector.CollectAsync(options.Namespace, options.Name, options.Kind, cancellationToken).ConfigureAwait(false), repository);
    }

    private async Task<DiagnosisReport> WatchAsync(ClusterClient cluster, RepositoryLookup? repository, DiagnosisReport report, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var said = "";
        while (true)
        {
            var verdict = ReportWriter.Verdict(report);
            if (verdict != said)
            {
                said = verdict;
                Write($"{time.GetUtcNow():HH:mm:ss} {verdict}\n");
            }

            var left = options.WatchLimit - time.GetElapsedTime(started);
            if (report.IsHealthy || left <= TimeSpan.Zero)
            {
                if (!report.IsHealthy)
                {
                    Write(ReportWriter.Write(report, options.Format));
                }

                return report;
            }

            var pause = left < longestPause ? left : longestPause;
            var waited = time.GetTimestamp();
            if (!await cluster.WaitForChangeAsync(ResourceType.Pod, report.Snapshot.Namespace, pause, cancellationToken).ConfigureAwait(false)
                && time.GetElapsedTime(waited) < TimeSpan.FromSeconds(1))
            {
                // The watch is refused: look again at intervals instead of at once.
                await Task.Delay(pause < TimeSpan.FromSeconds(5) ? pause : TimeSpan.FromSeconds(5), time, cancellationToken).ConfigureAwait(false);
            }

            report = await LookAsync(cluster, repository, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> ApplyAsync(ClusterClient cluster, DiagnosisReport report, CancellationToken cancellationToken)
    {
        if (report.Snapshot.Workload is null)
        {
            return Fail(CauseFound, "there is nothing to apply it to");
        }

        var planner = new ActionPlanner(cluster, time);
        IReadOnlyList<ClusterAction> actions;
        string? problem = null;
        switch (options.Apply)
        {
            case "reconcile":
                actions = planner.Reconcile(report.Snapshot);
                break;
            case "restart":
                actions = planner.Restart(report.Snapshot, out problem);
                break;
            default:
                string json;
                try
                {
                    json = await File.ReadAllTextAsync(options.FromDockerConfig!, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    return Fail(WrongUse, $"{options.FromDockerConfig} cannot be read: {exception.Message}");
                }

                scrubber.Add(json);
                actions = planner.PullSecret(report.Snapshot, json, out problem);
                break;
        }

        if (problem is not null)
        {
            return Fail(WrongUse, $"--apply {options.Apply}: {problem}");
        }

        if (actions.Count == 0)
        {
            return Fail(CauseFound, $"--apply {options.Apply}: there is nothing to do here");
        }

        Write($"--apply {options.Apply} will\n{string.Concat(actions.Select(action => $"  {action.Description}\n"))}");
        if (!options.Yes && !confirm("Do this?"))
        {
            return Fail(CauseFound, "nothing was changed");
        }

        foreach (var action in actions)
        {
            var result = await action.RunAsync(cancellationToken).ConfigureAwait(false);
            if (result.State != ReadState.Ok)
            {
                return Fail(CauseFound, $"could not {action.Description}: {result.Message}");
            }

            Write($"done: {action.Description}\n");
        }

        return Healthy;
    }

    private async Task<int> WriteBundleAsync(ClusterClient cluster, DiagnosisReport report, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var file = File.Create(path);
            await new SupportBundle(cluster, scrubber).WriteAsync(file, report, cancellationToken).ConfigureAwait(false);
            return Healthy;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail(WrongUse, $"{path} cannot be written: {exception.Message}");
        }
    }

    private void Write(string text) => output.Write(Plain(scrubber.Scrub(text)));

    /// <summary>Nothing that a terminal obeys: the words of registries and pods are anybody's.</summary>
    private static string Plain(string text) =>
        text.AsSpan().ContainsAnyInRange('\u0000', '\u0008') || text.AsSpan().ContainsAnyInRange('\u000b', '\u001f') || text.AsSpan().ContainsAnyInRange('\u007f', '\u009f')
            ? string.Concat(text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\ufffd' : c))
            : text;

    private int Fail(int code, string message)
    {
        errors.WriteLine(scrubber.Scrub($"kubelint: {message}"));
        return code;
    }
}
