using System.Globalization;

using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary><c>kubelint --watch</c>: lints, waits until a file changes, and lints again.</summary>
internal static class WatchLoop
{
    // An editor or git writes several files at once: they are one change.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="options">The options of the command.</param>
    /// <param name="host">The world around the run.</param>
    /// <param name="outputs">Files that the run itself writes.</param>
    /// <param name="lint">Lints once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UsageException">The options do not go together, or the folder cannot be watched.</exception>
    public static async Task<int> RunAsync(
        LintOptions options, CliHost host, IReadOnlyCollection<string> outputs, Func<CancellationToken, Task<int>> lint, CancellationToken cancellationToken)
    {
        if (options.Fix || options.Diff || options.WriteBaseline is not null || options.PruneBaseline || options.Paths.Contains("-"))
        {
            throw new UsageException("--watch reports only, so --fix, --diff, --write-baseline, --prune-baseline and '-' do not go with it");
        }

        using var changed = new SemaphoreSlim(0);
        var folder = ConfigurationSource.Folder(options, host);
        var root = RepositoryRoot.Find(new DiskFileSource(), folder) ?? folder;
        using var watch = host.WatchFiles(root, path =>
        {
            if (IsRelevant(path, outputs))
            {
                changed.Release();
            }
        });
        while (true)
        {
            if (host.IsOutputTerminal)
            {
                // Home, clear the screen, clear what is above it.
                host.Output.Write("\e[H\e[2J\e[3J");
            }

            try
            {
                await lint(cancellationToken);
            }
            catch (UsageException error)
            {
                // A file that is being written, a configuration with a mistake: the next change may mend it.
                host.Error.WriteLine($"kubelint: {error.Message}");
            }

            await host.Output.FlushAsync(cancellationToken);
            host.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kubelint: {host.Clock.GetLocalNow():HH:mm:ss} waiting for changes below {root}; Ctrl+C ends"));
            await changed.WaitAsync(cancellationToken);
            do
            {
                await Task.Delay(Quiet, host.Clock, cancellationToken);
            }
            while (Drain(changed));
        }
    }

    private static bool Drain(SemaphoreSlim signal)
    {
        var any = false;
        while (signal.Wait(0, CancellationToken.None))
        {
            any = true;
        }

        return any;
    }

    private static bool IsRelevant(string path, IReadOnlyCollection<string> outputs)
    {
        path = path.Replace('\\', '/');
        return !path.Contains("/.git/", StringComparison.Ordinal) && !path.EndsWith("/.git", StringComparison.Ordinal)
            && !path.Contains("/node_modules/", StringComparison.Ordinal)
            && !outputs.Any(output => path == output || (path.StartsWith(output, StringComparison.Ordinal) && path.EndsWith(".tmp", StringComparison.Ordinal)));
    }
}
