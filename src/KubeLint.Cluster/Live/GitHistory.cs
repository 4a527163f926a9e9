using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace KubeLint.Cluster.Live;

/// <summary>Asks git where a branch stands and how far commits are behind it. Where git is not there or does not know, nothing is told.</summary>
public static class GitHistory
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(20);

    /// <summary>Where the branch stands; null where that is not known.</summary>
    /// <param name="repository">The root of the repository.</param>
    /// <param name="branch">The branch that the cluster syncs; null for the one that is checked out.</param>
    /// <param name="commits">The commits that the cluster applied.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<LiveHead?> ReadAsync(string repository, string? branch, IEnumerable<string> commits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commits);
        string[] names = branch is null ? ["HEAD"] : [$"refs/heads/{branch}", $"refs/remotes/origin/{branch}"];
        var heads = new List<(string Name, string Commit)>();
        foreach (var name in names)
        {
            if (await RunAsync(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"], cancellationToken).ConfigureAwait(false) is { } found)
            {
                heads.Add((name.Replace("refs/heads/", "", StringComparison.Ordinal).Replace("refs/remotes/", "", StringComparison.Ordinal), found));
            }
        }

        if (heads.Count == 0)
        {
            return null;
        }

        // The one that is ahead of the other: commits that are not pushed, or fetched ones that are not checked out.
        var head = heads.Count == 2 && await CountAsync(repository, heads[0].Commit, heads[1].Commit, cancellationToken).ConfigureAwait(false) is > 0 ? heads[1] : heads[0];
        var older = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var commit in commits.Distinct(StringComparer.Ordinal))
        {
            if (await CountAsync(repository, commit, head.Commit, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                older.Add(commit, count);
            }
        }

        return new LiveHead(head.Name, head.Commit, older.ToImmutable());
    }

    /// <summary>The commit in a revision as Flux writes it: <c>main@sha1:…</c>, formerly <c>main/…</c>; null where there is none.</summary>
    public static string? CommitOf(string? revision)
    {
        var at = (revision ?? "").LastIndexOfAny([':', '/']);
        return revision is not null && revision[(at + 1)..] is { Length: 40 } commit && commit.All(char.IsAsciiHexDigit) ? commit : null;
    }

    /// <summary>How many commits a later one is ahead of an earlier; null where the earlier is none of its ancestors, or unknown here.</summary>
    private static async Task<int?> CountAsync(string repository, string earlier, string later, CancellationToken cancellationToken) =>
        await RunAsync(repository, ["merge-base", "--is-ancestor", earlier, later], cancellationToken).ConfigureAwait(false) is not null
        && await RunAsync(repository, ["rev-list", "--count", $"{earlier}..{later}"], cancellationToken).ConfigureAwait(false) is { } text
        && int.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static async Task<string?> RunAsync(string repository, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo("git") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-C", repository, .. arguments])
        {
            process.StartInfo.ArgumentList.Add(argument);
        }

        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        try
        {
            process.Start();
            var errors = process.StandardError.ReadToEndAsync(time.Token);
            var output = await process.StandardOutput.ReadToEndAsync(time.Token).ConfigureAwait(false);
            await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(time.Token).ConfigureAwait(false);
            return process.ExitCode == 0 ? output.Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill();
            return null;
        }
    }
}
