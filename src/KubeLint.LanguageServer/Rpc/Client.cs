using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

using KubeLint.LanguageServer.Protocol;

using StreamJsonRpc;

namespace KubeLint.LanguageServer.Rpc;

/// <summary>What the server says to the client. A client that has gone is no failure of the server.</summary>
/// <param name="rpc">The connection.</param>
internal sealed class Client(JsonRpc rpc)
{
    /// <summary>Says something that needs no answer.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The argument is JSON already; nothing reflects over it.")]
    public void Notify<T>(string method, T parameters, JsonTypeInfo<T> type) =>
        _ = Forget(rpc.NotifyWithParameterObjectAsync(method, JsonSerializer.SerializeToElement(parameters, type)));

    /// <summary>Asks something whose answer is of no use.</summary>
    public void Ask(string method) => _ = Forget(rpc.InvokeAsync(method));

    /// <summary>Asks something whose answer is of no use.</summary>
    public void Ask<T>(string method, T parameters, JsonTypeInfo<T> type) => _ = AskAsync(method, parameters, type, CancellationToken.None);

    /// <summary>Asks something; null where the client cannot answer.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The argument is JSON already; nothing reflects over it.")]
    public async Task<JsonElement?> AskAsync<T>(string method, T parameters, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            var request = JsonSerializer.SerializeToElement(parameters, type);
            return await rpc.InvokeWithParameterObjectAsync<JsonElement>(method, request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is RemoteRpcException or ConnectionLostException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Writes into the log that the editor shows for the server.</summary>
    public void Log(MessageType type, string message) =>
        Notify("window/logMessage", new LogMessageParams(type, message), ProtocolJson.Default.LogMessageParams);

    private static async Task Forget(Task sending)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (Exception error) when (error is RemoteRpcException or ConnectionLostException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }
}
