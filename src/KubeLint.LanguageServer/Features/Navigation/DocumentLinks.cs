using KubeLint.LanguageServer.Navigation;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Rpc;

namespace KubeLint.LanguageServer.Features.Navigation;

/// <summary>The paths of a file as links.</summary>
/// <param name="server">What the features share.</param>
internal sealed class DocumentLinks(ServerContext server) : Feature(server)
{
    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) => capabilities with { DocumentLinkProvider = new ResolveOptions(false) };

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers) =>
        handlers.OnRequest("textDocument/documentLink", ProtocolJson.Default.TextDocumentParams, ProtocolJson.Default.DocumentLinkArray, LinksAsync);

    private async Task<DocumentLink[]?> LinksAsync(TextDocumentParams parameters, CancellationToken cancellationToken)
    {
        if (await Server.ViewAsync(parameters.TextDocument.Uri, cancellationToken).ConfigureAwait(false) is not { } view)
        {
            return null;
        }

        // A link has one target; a directory without a kustomization is none.
        return
        [
            .. view.Snapshot.References.InFile(view.File.DisplayPath)
                .Where(reference => reference.Target.Kind == TargetKind.File)
                .GroupBy(reference => reference.At.Span)
                .Where(group => group.Count() == 1)
                .Select(group => group.First())
                .Select(reference => new DocumentLink(view.ToClient(reference.At.Span), view.ToClient(reference.Target.Name).Uri, reference.Target.Place.Path)),
        ];
    }
}
