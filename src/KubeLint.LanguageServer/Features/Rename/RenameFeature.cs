using KubeLint.LanguageServer.Navigation;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Rpc;
using KubeLint.Yaml;

using StreamJsonRpc;

using TextEdit = KubeLint.LanguageServer.Protocol.TextEdit;

namespace KubeLint.LanguageServer.Features.Rename;

/// <summary>Gives an object of Flux another name, wherever it is named.</summary>
/// <param name="server">What the features share.</param>
internal sealed class RenameFeature(ServerContext server) : Feature(server)
{
    // The protocol's RequestFailed: the request is right, and cannot be carried out.
    private const int RequestFailed = -32803;

    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) => capabilities with { RenameProvider = new RenameOptions(PrepareProvider: true) };

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers)
    {
        handlers.OnRequest("textDocument/prepareRename", ProtocolJson.Default.TextDocumentPositionParams, ProtocolJson.Default.PrepareRenameResult, PrepareAsync);
        handlers.OnRequest("textDocument/rename", ProtocolJson.Default.RenameParams, ProtocolJson.Default.WorkspaceEdit, RenameAsync);
    }

    private async Task<PrepareRenameResult?> PrepareAsync(TextDocumentPositionParams parameters, CancellationToken cancellationToken)
    {
        var (view, plan) = await PlanAsync(parameters.TextDocument.Uri, parameters.Position, cancellationToken).ConfigureAwait(false);
        return plan is null ? null : new PrepareRenameResult(view!.ToClient(plan.Asked.Span), plan.Name);
    }

    private async Task<WorkspaceEdit?> RenameAsync(RenameParams parameters, CancellationToken cancellationToken)
    {
        var (view, plan) = await PlanAsync(parameters.TextDocument.Uri, parameters.Position, cancellationToken).ConfigureAwait(false);
        if (plan is null)
        {
            throw Refuse("There is nothing here that can be renamed");
        }

        if (!ObjectName.IsValid(parameters.NewName))
        {
            throw Refuse($"'{parameters.NewName}' is no name for an object: lower case letters, digits, '-' and '.' make one, and a letter or digit begins and ends it");
        }

        if (plan.FindClash(view!.Snapshot, parameters.NewName) is { } clash)
        {
            throw Refuse($"There is a {clash} already");
        }

        return new WorkspaceEdit(
        [
            .. plan.Names.GroupBy(name => name.Location.Text.Root.Path).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
            {
                var place = view.ToClient(group.First().Location);
                var version = view.Snapshot.Open.GetValueOrDefault(view.Snapshot.PathOf(group.First().Location.Text))?.Version;
                return new TextDocumentEdit(
                    new VersionedTextDocumentIdentifier(place.Uri, version),
                    [.. group.OrderBy(name => name.Span.Start).Select(name => new TextEdit(view.ToClient(name.Location).Range, Quote(name, parameters.NewName)))]);
            }),
        ]);
    }

    private async Task<(DocumentView? View, RenamePlan? Plan)> PlanAsync(string uri, Position position, CancellationToken cancellationToken)
    {
        if (await Server.ViewAsync(uri, cancellationToken).ConfigureAwait(false) is not { } view)
        {
            return default;
        }

        var index = view.Snapshot.References;
        var offset = view.ToModel(position);
        var path = view.File.DisplayPath;
        var references = index.At(path, offset).Where(reference => reference.Target.Kind == TargetKind.Object).ToList();
        var asked = references.Count > 0 ? references[0].At : index.TargetAt(path, offset) is { Kind: TargetKind.Object } target ? target.Name : default;
        if (asked.Text is null)
        {
            return default;
        }

        // Offsets must be those of the texts as they are.
        var now = await Server.SnapshotAsync(Server.RepositoryOf(uri)!, cancellationToken).ConfigureAwait(false);
        if (now.IsBroken)
        {
            throw Refuse("An open file does not parse: what it names cannot be renamed with the rest");
        }

        var targets = references.Count > 0 ? references.Select(reference => reference.Target) : [index.TargetAt(path, offset)!];
        var plan = RenamePlan.Make(index, asked, targets);
        return plan.Refusal is { } refusal ? throw Refuse(refusal) : (view, plan);
    }

    private static LocalRpcException Refuse(string message) => new(message) { ErrorCode = RequestFailed };

    private static string Quote(YamlScalar scalar, string name) => scalar.Style switch
    {
        YamlScalarStyle.SingleQuoted => $"'{name}'",
        YamlScalarStyle.DoubleQuoted => $"\"{name}\"",

        // Without quotes it would be a number, a date or a boolean.
        _ when new YamlScalar(scalar.Source, scalar.Span, name).Type != YamlScalarType.String => $"\"{name}\"",
        _ => name,
    };
}
