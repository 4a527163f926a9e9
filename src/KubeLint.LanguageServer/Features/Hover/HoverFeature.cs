using KubeLint.LanguageServer.Documentation;
using KubeLint.LanguageServer.Navigation;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Rpc;
using KubeLint.Yaml;

using Location = KubeLint.Yaml.Location;

namespace KubeLint.LanguageServer.Features.Hover;

/// <summary>Tells of the token under the pointer: findings, variables, images, what clusters get, what a field means.</summary>
/// <param name="server">What the features share.</param>
/// <param name="fields">What fields mean.</param>
internal sealed class HoverFeature(ServerContext server, DocumentedFields fields) : Feature(server)
{
    private const string Separator = "\n\n---\n\n";

    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) => capabilities with { HoverProvider = true };

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers) =>
        handlers.OnRequest("textDocument/hover", ProtocolJson.Default.TextDocumentPositionParams, ProtocolJson.Default.HoverResult, HoverAsync);

    private async Task<HoverResult?> HoverAsync(TextDocumentPositionParams parameters, CancellationToken cancellationToken)
    {
        if (await Server.ViewAsync(parameters.TextDocument.Uri, cancellationToken).ConfigureAwait(false) is not { } view)
        {
            return null;
        }

        var offset = view.ToModel(parameters.Position);
        var place = NodeFinder.At(view.File.Yaml, offset);
        var text = new EffectiveText(Server, view.Snapshot);
        var parts = new List<string>();
        parts.AddRange(RuleHover.At(Server.Setup, view, offset, cancellationToken));
        if (place is not null && (place.IsKey || place.Node is YamlScalar or YamlAlias))
        {
            parts.AddRange(VariableHover.At(view, text, offset));
            parts.AddRange(ImageHover.At(view, text, place, offset));
            parts.AddRange(ValueHover.At(view, text, place));
            parts.AddRange(FieldHover.At(view, fields, place));
        }

        return parts.Count == 0 ? null
            : new HoverResult(MarkupContent.Markdown(string.Join(Separator, parts)), place is null ? null : view.ToClient(new Location(view.File.Yaml.Text, place.Node.Location.Span).FirstLine().Span));
    }
}
