using KubeLint.LanguageServer.Navigation;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Rpc;

namespace KubeLint.LanguageServer.Features.Navigation;

/// <summary>From a reference to what it refers to.</summary>
/// <param name="server">What the features share.</param>
internal sealed class DefinitionFeature(ServerContext server) : Feature(server)
{
    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) => capabilities with { DefinitionProvider = true };

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers) =>
        handlers.OnRequest("textDocument/definition", ProtocolJson.Default.TextDocumentPositionParams, ProtocolJson.Default.Object, DefinitionAsync);

    private async Task<object?> DefinitionAsync(TextDocumentPositionParams parameters, CancellationToken cancellationToken)
    {
        if (await Server.ViewAsync(parameters.TextDocument.Uri, cancellationToken).ConfigureAwait(false) is not { } view)
        {
            return null;
        }

        var offset = view.ToModel(parameters.Position);
        var references = view.Snapshot.References.At(view.File.DisplayPath, offset);
        if (references.Count == 0)
        {
            // A definition leads to itself: editors then show what refers to it.
            return view.Snapshot.References.TargetAt(view.File.DisplayPath, offset) is { } target ? Answer(view, target.Name, [target]) : null;
        }

        return Answer(view, references[0].At, [.. references.Select(reference => reference.Target)]);
    }

    private object Answer(DocumentView view, KubeLint.Yaml.Location origin, Target[] targets)
    {
        if (Server.Capabilities.TextDocument?.Definition?.LinkSupport != true)
        {
            return targets.Select(target => view.ToClient(target.Name)).ToArray();
        }

        return targets.Select(target =>
        {
            var selection = view.ToClient(target.Name);
            var whole = view.ToClient(target.Whole);

            // The protocol wants the one within the other; a patch may have named the object elsewhere.
            var isWithin = whole.Uri == selection.Uri && target.Whole.Span.Contains(target.Name.Span);
            return new LocationLink(view.ToClient(origin.Span), selection.Uri, isWithin ? whole.Range : selection.Range, selection.Range);
        }).ToArray();
    }
}
