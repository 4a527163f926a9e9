using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Rpc;
using KubeLint.LanguageServer.Text;

namespace KubeLint.LanguageServer.Features.Diagnostics;

/// <summary>Answers a client that asks for findings itself.</summary>
/// <param name="server">What the features share.</param>
/// <param name="converter">Makes the findings the client's.</param>
internal sealed class PullDiagnostics(ServerContext server, FindingConverter converter) : Feature(server)
{
    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) =>
        capabilities with { DiagnosticProvider = new DiagnosticOptions("kubelint", InterFileDependencies: true, WorkspaceDiagnostics: true) };

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers)
    {
        handlers.OnRequest("textDocument/diagnostic", ProtocolJson.Default.DocumentDiagnosticParams, ProtocolJson.Default.DocumentDiagnosticReport, DocumentAsync);
        handlers.OnRequest("workspace/diagnostic", ProtocolJson.Default.WorkspaceDiagnosticParams, ProtocolJson.Default.WorkspaceDiagnosticReport, WorkspaceAsync);
    }

    private async Task<DocumentDiagnosticReport?> DocumentAsync(DocumentDiagnosticParams parameters, CancellationToken cancellationToken)
    {
        if (FileUri.ToPath(parameters.TextDocument.Uri) is not { } path || Server.Repositories.Find(path) is not { } repository)
        {
            return new DocumentDiagnosticReport("full", FileFindings.NoneId, []);
        }

        var snapshot = await Server.SnapshotAsync(repository, cancellationToken).ConfigureAwait(false);
        var findings = converter.Of(snapshot, path, cancellationToken);
        return findings.Id == parameters.PreviousResultId ? new DocumentDiagnosticReport("unchanged", findings.Id)
            : new DocumentDiagnosticReport("full", findings.Id, findings.Items);
    }

    private async Task<WorkspaceDiagnosticReport?> WorkspaceAsync(WorkspaceDiagnosticParams parameters, CancellationToken cancellationToken)
    {
        var known = (parameters.PreviousResultIds ?? []).DistinctBy(result => result.Uri).ToDictionary(result => result.Uri, result => result.Value, StringComparer.Ordinal);
        var reports = new List<WorkspaceDocumentDiagnosticReport>();
        foreach (var repository in Server.Repositories.All)
        {
            var snapshot = await Server.SnapshotAsync(repository, cancellationToken).ConfigureAwait(false);

            // While a document does not parse, what it holds seems to be missing everywhere else.
            var all = converter.All(snapshot.Good);
            foreach (var path in all.Keys.Union(snapshot.Model.Workspace.SelectedFiles.Select(file => file.Path)).Order(StringComparer.Ordinal))
            {
                var findings = all.GetValueOrDefault(path, FileFindings.None);
                var open = snapshot.Open.GetValueOrDefault(path);
                var uri = open?.Uri ?? FileUri.FromPath(path);
                var isKnown = known.Remove(uri, out var before) && before == findings.Id;
                if (isKnown || findings.Items.Length > 0 || before is not null)
                {
                    reports.Add(new WorkspaceDocumentDiagnosticReport(uri, open?.Version, isKnown ? "unchanged" : "full", findings.Id, isKnown ? null : findings.Items));
                }
            }
        }

        // What is left was of files that are gone.
        reports.AddRange(known.Keys.Select(uri => new WorkspaceDocumentDiagnosticReport(uri, null, "full", FileFindings.NoneId, [])));
        return new WorkspaceDiagnosticReport([.. reports]);
    }
}
