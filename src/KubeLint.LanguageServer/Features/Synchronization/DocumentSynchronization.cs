using KubeLint.LanguageServer.Features.Diagnostics;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Repositories;
using KubeLint.LanguageServer.Rpc;
using KubeLint.LanguageServer.Text;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.Synchronization;

/// <summary>Keeps up with what the editor has open and with what changes on disk.</summary>
/// <param name="server">What the features share.</param>
/// <param name="publisher">Told of each change.</param>
internal sealed class DocumentSynchronization(ServerContext server, DiagnosticsPublisher publisher) : Feature(server)
{
    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) => capabilities;

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers)
    {
        handlers.OnNotification("textDocument/didOpen", ProtocolJson.Default.DidOpenTextDocumentParams, DidOpen);
        handlers.OnNotification("textDocument/didChange", ProtocolJson.Default.DidChangeTextDocumentParams, DidChange);
        handlers.OnNotification("textDocument/didSave", ProtocolJson.Default.DidSaveTextDocumentParams, DidSave);
        handlers.OnNotification("textDocument/didClose", ProtocolJson.Default.DidCloseTextDocumentParams, DidClose);
        handlers.OnNotification("workspace/didChangeWatchedFiles", ProtocolJson.Default.DidChangeWatchedFilesParams, DidChangeWatchedFiles);
    }

    /// <summary>A file or folder changed on disk, as the server's own watch tells.</summary>
    public void DiskChanged(string path)
    {
        if (IsWatched(path) && Server.Repositories.Find(path) is { } repository)
        {
            repository.SetDisk(path, isStructural: false);
            publisher.AllChanged(repository);
        }
    }

    private void DidOpen(DidOpenTextDocumentParams parameters)
    {
        var document = parameters.TextDocument;
        if (FileUri.ToPath(document.Uri) is { } path)
        {
            var repository = Server.Repositories.FindOrAdd(path);
            var isFirst = repository.IsUnread && repository.Open.IsEmpty;
            repository.Set(new OpenDocument(document.Uri, path, document.Version, new SourceText(path, document.Text)));
            publisher.Changed(repository, path);
            if (isFirst)
            {
                publisher.AllChanged(repository);
            }
        }
    }

    private void DidChange(DidChangeTextDocumentParams parameters)
    {
        if (FileUri.ToPath(parameters.TextDocument.Uri) is not { } path || Server.Repositories.Find(path) is not { } repository
            || !repository.Open.TryGetValue(path, out var document))
        {
            return;
        }

        var text = document.Text;
        foreach (var change in parameters.ContentChanges)
        {
            var content = change.Text;
            if (change.Range is { } range)
            {
                var span = Server.Positions.ToSpan(text, range);
                content = string.Concat(text.Content.AsSpan(0, span.Start), change.Text, text.Content.AsSpan(span.End));
            }

            text = new SourceText(path, content);
        }

        repository.Set(document with { Version = parameters.TextDocument.Version ?? document.Version, Text = text });
        publisher.Changed(repository, path);
    }

    private void DidSave(DidSaveTextDocumentParams parameters)
    {
        if (Server.RepositoryOf(parameters.TextDocument.Uri) is { } repository)
        {
            publisher.AllChanged(repository);
        }
    }

    private void DidClose(DidCloseTextDocumentParams parameters)
    {
        if (FileUri.ToPath(parameters.TextDocument.Uri) is { } path && Server.Repositories.Find(path) is { } repository)
        {
            repository.Close(path);
            publisher.AllChanged(repository);
        }
    }

    private void DidChangeWatchedFiles(DidChangeWatchedFilesParams parameters)
    {
        var touched = new HashSet<Repository>();
        foreach (var change in parameters.Changes)
        {
            if (FileUri.ToPath(change.Uri) is { } path && IsWatched(path) && Server.Repositories.Find(path) is { } repository)
            {
                repository.SetDisk(path, isStructural: change.Type != FileChangeType.Changed);
                touched.Add(repository);
            }
        }

        foreach (var repository in touched)
        {
            publisher.AllChanged(repository);
        }
    }

    private static bool IsWatched(string path) =>
        !path.Contains("/.git/", StringComparison.Ordinal) && !path.EndsWith("/.git", StringComparison.Ordinal) && !path.Contains("/node_modules/", StringComparison.Ordinal);
}
