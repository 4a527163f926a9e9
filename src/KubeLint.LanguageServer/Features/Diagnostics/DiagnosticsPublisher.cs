using System.Collections.Concurrent;

using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Repositories;
using KubeLint.LanguageServer.Text;

namespace KubeLint.LanguageServer.Features.Diagnostics;

/// <summary>
/// Tells the client the findings: of a document while it is edited, of all files after a save or a change on disk. A client that asks for
/// findings itself is only told that there are new ones.
/// </summary>
/// <param name="server">What the features share.</param>
/// <param name="converter">Makes the findings the client's.</param>
internal sealed class DiagnosticsPublisher(ServerContext server, FindingConverter converter)
{
    private readonly ConcurrentDictionary<Repository, Work> works = new();

    private bool IsPulled => server.Capabilities.TextDocument?.Diagnostic is not null;

    /// <summary>A document changed.</summary>
    public void Changed(Repository repository, string path)
    {
        if (!IsPulled)
        {
            Start(repository, work => work.Paths.Add(path));
        }
    }

    /// <summary>Anything may have changed.</summary>
    public void AllChanged(Repository repository)
    {
        Start(repository, work => work.IsAll = true);
        server.RefreshViews();
    }

    /// <summary>A folder was closed: what was told of it no longer holds.</summary>
    public void Gone(Repository repository)
    {
        if (works.TryRemove(repository, out var work))
        {
            lock (work)
            {
                work.IsGone = true;
                foreach (var uri in work.Published.Keys)
                {
                    Publish(new PublishDiagnosticsParams(uri, []));
                }
            }
        }
    }

    private void Start(Repository repository, Action<Work> note)
    {
        var work = works.GetOrAdd(repository, static _ => new Work());
        lock (work)
        {
            note(work);
            if (work.IsRunning)
            {
                return;
            }

            work.IsRunning = true;
        }

        _ = RunAsync(repository, work);
    }

    // One at a time for each repository: what comes meanwhile is taken together.
    private async Task RunAsync(Repository repository, Work work)
    {
        while (true)
        {
            string[] paths;
            bool isAll;
            lock (work)
            {
                (paths, isAll) = ([.. work.Paths], work.IsAll);
                work.Paths.Clear();
                work.IsAll = false;
                if (work.IsGone || (paths.Length == 0 && !isAll))
                {
                    work.IsRunning = false;
                    return;
                }
            }

            try
            {
                await TellAsync(repository, work, paths, isAll).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Nobody waits for this; the next change may go well.
            catch (Exception error)
#pragma warning restore CA1031
            {
                server.Client.Log(MessageType.Error, $"The findings of {repository.Folder} could not be told: {error.Message}");
            }
        }
    }

    private async Task TellAsync(Repository repository, Work work, string[] paths, bool isAll)
    {
        if (IsPulled)
        {
            if (server.Capabilities.Workspace?.Diagnostics?.IsSupported == true)
            {
                server.Client.Ask("workspace/diagnostic/refresh");
            }

            return;
        }

        var snapshot = await server.SnapshotAsync(repository, CancellationToken.None).ConfigureAwait(false);
        foreach (var path in paths)
        {
            Publish(work, snapshot, path, converter.Of(snapshot, path, CancellationToken.None));
        }

        // While a document does not parse, what it holds seems to be missing everywhere else.
        if (!isAll || snapshot.IsBroken)
        {
            return;
        }

        var all = converter.All(snapshot);
        var gone = work.Published.Keys.Select(uri => FileUri.ToPath(uri)).OfType<string>();
        foreach (var path in all.Keys.Concat(gone).Concat(snapshot.Open.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Publish(work, snapshot, path, all.GetValueOrDefault(path, FileFindings.None));
        }
    }

    private void Publish(Work work, Snapshot snapshot, string path, FileFindings findings)
    {
        var document = snapshot.Open.GetValueOrDefault(path);
        var uri = document?.Uri ?? FileUri.FromPath(path);
        lock (work)
        {
            // An open document waits for its version's findings, even where they are the same.
            if (work.IsGone || (document is null && work.Published.GetValueOrDefault(uri, FileFindings.NoneId) == findings.Id))
            {
                return;
            }

            if (findings.Items.Length == 0)
            {
                work.Published.Remove(uri);
            }
            else
            {
                work.Published[uri] = findings.Id;
            }

            Publish(new PublishDiagnosticsParams(uri, findings.Items, document?.Version));
        }
    }

    private void Publish(PublishDiagnosticsParams parameters) =>
        server.Client.Notify("textDocument/publishDiagnostics", parameters, ProtocolJson.Default.PublishDiagnosticsParams);

    /// <summary>What is to be told of one repository, and what was.</summary>
    private sealed class Work
    {
        public HashSet<string> Paths { get; } = new(StringComparer.Ordinal);

        public bool IsAll { get; set; }

        public bool IsRunning { get; set; }

        public bool IsGone { get; set; }

        /// <summary>The result that the client has, by address; none for a file without findings.</summary>
        public Dictionary<string, string> Published { get; } = new(StringComparer.Ordinal);
    }
}
