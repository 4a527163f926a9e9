using KubeLint.Flux;
using KubeLint.LanguageServer.Navigation;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Repositories;
using KubeLint.LanguageServer.Rpc;

namespace KubeLint.LanguageServer.Features.Symbols;

/// <summary>Every object of the repositories, by name.</summary>
/// <param name="server">What the features share.</param>
internal sealed class WorkspaceSymbols(ServerContext server) : Feature(server)
{
    private const int Most = 500;

    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) => capabilities with { WorkspaceSymbolProvider = true };

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers) =>
        handlers.OnRequest("workspace/symbol", ProtocolJson.Default.WorkspaceSymbolParams, ProtocolJson.Default.SymbolInformationArray, SymbolsAsync);

    private async Task<SymbolInformation[]?> SymbolsAsync(WorkspaceSymbolParams parameters, CancellationToken cancellationToken)
    {
        var found = new List<(int Rank, ObjectId Id, Snapshot Snapshot, Target Target)>();
        foreach (var repository in Server.Repositories.All)
        {
            var snapshot = (await Server.SnapshotAsync(repository, cancellationToken).ConfigureAwait(false)).Good;
            foreach (var target in snapshot.References.Targets)
            {
                foreach (var id in target.Objects.Select(item => item.Id).Distinct())
                {
                    if (FuzzyMatch.Rank(parameters.Query, id.Name, id.ToString()) is { } rank)
                    {
                        found.Add((rank, id, snapshot, target));
                    }
                }
            }
        }

        return
        [
            .. found.OrderBy(item => item.Rank).ThenBy(item => item.Id.Name, StringComparer.Ordinal).ThenBy(item => item.Id.ToString(), StringComparer.Ordinal)
                .Take(Most)
                .Select(item => new SymbolInformation($"{item.Id.Kind} {item.Id.Name}", SymbolKind.Object, Server.ToClient(item.Snapshot, item.Target.Name), item.Id.Namespace)),
        ];
    }
}
