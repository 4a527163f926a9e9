using KubeLint.Flux;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Rpc;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.Symbols;

/// <summary>The outline of a file: its objects, and in each the upper keys.</summary>
/// <param name="server">What the features share.</param>
internal sealed class DocumentSymbols(ServerContext server) : Feature(server)
{
    // Below the keys of `spec`, an outline is as long as the text.
    private const int Depth = 2;

    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) => capabilities with { DocumentSymbolProvider = true };

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers) =>
        handlers.OnRequest("textDocument/documentSymbol", ProtocolJson.Default.TextDocumentParams, ProtocolJson.Default.Object, SymbolsAsync);

    private async Task<object?> SymbolsAsync(TextDocumentParams parameters, CancellationToken cancellationToken)
    {
        if (await Server.ViewAsync(parameters.TextDocument.Uri, cancellationToken).ConfigureAwait(false) is not { } view)
        {
            return null;
        }

        var symbols = view.File.Yaml.Documents.SelectMany(document => Of(view, document.Root)).ToArray();
        return Server.Capabilities.TextDocument?.DocumentSymbol?.HierarchicalDocumentSymbolSupport == true ? symbols
            : symbols.SelectMany(symbol => Flatten(parameters.TextDocument.Uri, symbol, null)).ToArray();
    }

    private static DocumentSymbol[] Of(DocumentView view, YamlNode? root)
    {
        if (root?.AsMapping() is not { } mapping)
        {
            return [];
        }

        if (KubernetesObject.From(root) is not { } item)
        {
            return Keys(view, mapping, Depth);
        }

        var name = root.Get("metadata", "name");
        var selection = name ?? mapping.Find("kind")?.Value ?? root;
        return
        [
            new DocumentSymbol(
                name is null ? item.Kind : $"{item.Kind} {item.Name}",
                item.Namespace,
                SymbolKind.Object,
                view.ToClient(mapping.Span),
                view.ToClient(selection.Source == root.Source && mapping.Span.Contains(selection.Span) ? selection.Span : new TextSpan(mapping.Span.Start, 0)),
                Keys(view, mapping, Depth)),
        ];
    }

    private static DocumentSymbol[] Keys(DocumentView view, YamlMapping mapping, int depth)
    {
        var symbols = new List<DocumentSymbol>();
        foreach (var entry in mapping.Entries)
        {
            if (entry.Name is not { Length: > 0 } name)
            {
                continue;
            }

            var span = TextSpan.FromBounds(entry.Key.Span.Start, Math.Max(entry.Key.Span.End, entry.Value.Span.End));
            symbols.Add(new DocumentSymbol(
                name,
                entry.Value is YamlScalar { Style: not (YamlScalarStyle.Literal or YamlScalarStyle.Folded) } scalar && !IsSecret(name) ? scalar.Value : null,
                entry.Value switch
                {
                    YamlMapping => SymbolKind.Object,
                    YamlSequence => SymbolKind.Array,
                    _ => SymbolKind.Property,
                },
                view.ToClient(span),
                view.ToClient(entry.Key.Span),
                depth > 1 && entry.Value is YamlMapping below && !IsSecret(name) ? Keys(view, below, depth - 1) : null));
        }

        return [.. symbols];
    }

    // An outline is not the place for what Secrets hold.
    private static bool IsSecret(string key) => key is "data" or "stringData" or "sops";

    private static IEnumerable<SymbolInformation> Flatten(string uri, DocumentSymbol symbol, string? container) =>
        (symbol.Children ?? []).SelectMany(child => Flatten(uri, child, symbol.Name)).Prepend(new SymbolInformation(symbol.Name, symbol.Kind, new Protocol.Location(uri, symbol.SelectionRange), container));
}
