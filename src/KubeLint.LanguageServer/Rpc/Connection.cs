using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

using KubeLint.LanguageServer.Protocol;

using StreamJsonRpc;

namespace KubeLint.LanguageServer.Rpc;

/// <summary>Makes the JSON-RPC connection of a language server: messages with a <c>Content-Length</c> header, over two streams.</summary>
internal static class Connection
{
    /// <summary>A connection that does not yet listen.</summary>
    /// <param name="input">What the client writes.</param>
    /// <param name="output">What the client reads.</param>
    public static JsonRpc Create(Stream input, Stream output)
    {
        var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(output, input, CreateFormatter()));

        // A failure of one request must not end the session, and says nothing of the program's insides.
        rpc.CancelLocallyInvokedMethodsWhenConnectionIsClosed = true;
        return rpc;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "All types that cross the connection have metadata made at build time: ProtocolJson.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "All types that cross the connection have metadata made at build time: ProtocolJson.")]
    private static SystemTextJsonFormatter CreateFormatter()
    {
        var formatter = new SystemTextJsonFormatter();
        formatter.JsonSerializerOptions = new JsonSerializerOptions(ProtocolJson.Default.Options) { TypeInfoResolver = ProtocolJson.Default };
        return formatter;
    }
}
