using KubeLint.Flux;
using KubeLint.LanguageServer.Navigation;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Rpc;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.InlayHints;

/// <summary>Shows behind a value what the clusters get in its place, where that is another; off unless the user wants it.</summary>
/// <param name="server">What the features share.</param>
internal sealed class InlayHintFeature(ServerContext server) : Feature(server)
{
    private const int MaxLength = 40;

    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) => capabilities with { InlayHintProvider = true };

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers) =>
        handlers.OnRequest("textDocument/inlayHint", ProtocolJson.Default.TextDocumentRangeParams, ProtocolJson.Default.InlayHintArray, HintsAsync);

    private async Task<InlayHint[]?> HintsAsync(TextDocumentRangeParams parameters, CancellationToken cancellationToken)
    {
        if (Server.Settings.InlayHints?.EffectiveValues != true
            || await Server.ViewAsync(parameters.TextDocument.Uri, cancellationToken).ConfigureAwait(false) is not { } view
            || view.File.Classification.Template != TemplateKind.None)
        {
            return [];
        }

        var (start, end) = (view.ToModel(parameters.Range.Start), view.ToModel(parameters.Range.End));
        var text = new EffectiveText(Server, view.Snapshot);
        var hints = new List<InlayHint>();
        foreach (var document in view.File.Yaml.Documents)
        {
            foreach (var (node, path) in document.Root is { } root ? EffectiveNodes.Below(root) : [])
            {
                cancellationToken.ThrowIfCancellationRequested();

                // A hint behind a block would stand behind its last line and say nothing of it.
                if (node is YamlScalar { Style: not (YamlScalarStyle.Literal or YamlScalarStyle.Folded), Span.Length: > 0 } scalar
                    && scalar.Span.End >= start && scalar.Span.Start <= end
                    && Hint(view, text, new NodePlace { Root = document.Root!, Node = scalar, Path = path }) is { } hint)
                {
                    hints.Add(hint);
                }
            }
        }

        return [.. hints];
    }

    private static InlayHint? Hint(DocumentView view, EffectiveText text, NodePlace place)
    {
        var effective = view.Snapshot.Effective;
        if (effective.SecretOf(place.Node) is not null)
        {
            return null;
        }

        var found = effective.At(place);
        if (!found.Any(one => one.Node is { } node && !YamlContent.Same(node, place.Node)))
        {
            return null;
        }

        var groups = found.Where(one => one.Node is { IsUnknown: false }).GroupBy(one => Short(effective, one.Node!)).ToList();
        if (groups.Count == 0)
        {
            return null;
        }

        var label = groups.Count == 1 && groups[0].Count() == found.Count ? $"= {groups[0].Key}"
            : "= " + string.Join(", ", groups.Select(group => $"{group.Key} ({string.Join(", ", group.Select(one => one.Cluster).Distinct())})"));
        var tooltip = string.Join("\n\n", found.Where(one => one.Node is not null).Select(one => $"{one.Cluster}: {text.Value(one.Node)}, {text.Origin(one, place.Node)}").Distinct());
        return new InlayHint(view.ToClient(new TextSpan(place.Node.Span.End, 0)).Start, label, MarkupContent.Markdown(tooltip), PaddingLeft: true);
    }

    private static string Short(EffectiveNodes effective, YamlNode node) => node switch
    {
        _ when effective.SecretOf(node) is not null => "from a Secret",
        YamlScalar { Value: var value } => value.Length == 0 ? "\"\"" : value.Length > MaxLength || value.Contains('\n', StringComparison.Ordinal) ? $"{value.Split('\n')[0][..Math.Min(MaxLength, value.Split('\n')[0].Length)]}…" : value,
        YamlMapping => "{…}",
        _ => "[…]",
    };
}
