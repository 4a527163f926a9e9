using KubeLint.LanguageServer.Navigation;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Rpc;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.Navigation;

/// <summary>What refers to an object, to a variable, or to a file: the kustomizations that include it.</summary>
/// <param name="server">What the features share.</param>
internal sealed class ReferencesFeature(ServerContext server) : Feature(server)
{
    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) => capabilities with { ReferencesProvider = true };

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers) =>
        handlers.OnRequest("textDocument/references", ProtocolJson.Default.ReferenceParams, ProtocolJson.Default.LocationArray, ReferencesAsync);

    private async Task<Protocol.Location[]?> ReferencesAsync(ReferenceParams parameters, CancellationToken cancellationToken)
    {
        if (await Server.ViewAsync(parameters.TextDocument.Uri, cancellationToken).ConfigureAwait(false) is not { } view)
        {
            return null;
        }

        var index = view.Snapshot.References;
        var found = Targets(view, index, view.ToModel(parameters.Position)).DistinctBy(target => target.Place).ToList();
        var places = found.SelectMany(target => index.To(target).Select(reference => reference.At));
        if (parameters.Context?.IncludeDeclaration == true)
        {
            places = found.Where(target => target.Kind != TargetKind.File).Select(target => target.Name).Concat(places);
        }

        return [.. places.DistinctBy(Place.Of).Select(view.ToClient)];
    }

    private static IEnumerable<Target> Targets(DocumentView view, ReferenceIndex index, int offset)
    {
        var path = view.File.DisplayPath;
        if (index.At(path, offset) is { Count: > 0 } references)
        {
            return references.Select(reference => reference.Target);
        }

        if (index.TargetAt(path, offset) is { } target)
        {
            return [target];
        }

        return IsAboutFile(view.File.Yaml, offset) && index.File(path) is { } file ? [file] : [];
    }

    // What stands before the first content, and the lines that say what the file is.
    private static bool IsAboutFile(YamlFile file, int offset)
    {
        var first = file.Documents.IsEmpty ? null : file.Documents[0].Root;
        if (first is null || offset < first.Span.Start)
        {
            return true;
        }

        foreach (var document in file.Documents)
        {
            foreach (var entry in document.Root?.AsMapping()?.Entries ?? [])
            {
                if (entry.Name is "apiVersion" or "kind" && offset >= entry.Key.Span.Start && offset <= entry.Value.Span.End)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
