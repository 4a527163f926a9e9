using System.Text.Json;

using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Rpc;

namespace KubeLint.LanguageServer.Features.Explain;

/// <summary>Answers the command that explains a rule.</summary>
/// <param name="server">What the features share.</param>
internal sealed class ExplainFeature(ServerContext server) : Feature(server)
{
    /// <summary>The command. Its argument is a rule's id or name; its answer the rule's page, in Markdown.</summary>
    public const string Name = "kubelint.explain";

    /// <inheritdoc/>
    public override ServerCapabilities Announce(ServerCapabilities capabilities) => capabilities with
    {
        ExecuteCommandProvider = new ExecuteCommandOptions([.. capabilities.ExecuteCommandProvider?.Commands ?? [], Name]),
    };

    /// <inheritdoc/>
    public override void Register(MessageHandlers handlers) =>
        handlers.OnRequest("workspace/executeCommand", ProtocolJson.Default.ExecuteCommandParams, ProtocolJson.Default.String, ExecuteAsync);

    private async Task<string?> ExecuteAsync(ExecuteCommandParams parameters, CancellationToken cancellationToken)
    {
        if (parameters.Command != Name || parameters.Arguments is not [{ ValueKind: JsonValueKind.String } argument, ..])
        {
            return null;
        }

        foreach (var repository in Server.Repositories.All)
        {
            var setup = (await Server.SnapshotAsync(repository, cancellationToken).ConfigureAwait(false)).Setup;
            if (setup.Rules.Catalog.Find(argument.GetString()!)?.Descriptor is { } rule && RulePages.Read(Server.Setup, setup, rule) is { } page)
            {
                if (Server.Capabilities.Window?.ShowDocument?.Support == true)
                {
                    Server.Client.Ask("window/showDocument", new ShowDocumentParams(rule.HelpUri.AbsoluteUri, External: true), ProtocolJson.Default.ShowDocumentParams);
                }

                return page;
            }
        }

        return null;
    }
}
