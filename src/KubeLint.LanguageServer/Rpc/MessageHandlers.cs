using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

using StreamJsonRpc;

namespace KubeLint.LanguageServer.Rpc;

/// <summary>
/// The methods that a server answers. All have one shape for StreamJsonRpc, JSON in and JSON out, and read their own types with metadata
/// made at build time: so nothing reflects over them in a native program.
/// </summary>
/// <param name="rpc">The connection.</param>
/// <param name="onFailure">Told of what a handler threw, with the method's name.</param>
internal sealed class MessageHandlers(JsonRpc rpc, Action<string, Exception> onFailure)
{
    private static readonly JsonElement Null = JsonDocument.Parse("null").RootElement.Clone();

    /// <summary>Answers a request. The part up to the first await runs in the order in which messages come.</summary>
    public void OnRequest<TParams, TResult>(
        string method, JsonTypeInfo<TParams> paramsType, JsonTypeInfo<TResult> resultType, Func<TParams, CancellationToken, Task<TResult?>> handle)
        where TResult : class =>
        Add(method, async (parameters, cancellationToken) =>
        {
            var request = Read(method, parameters, paramsType);
            try
            {
                var result = await handle(request, cancellationToken).ConfigureAwait(false);
                return result is null ? Null : JsonSerializer.SerializeToElement(result, resultType);
            }
            catch (Exception error) when (error is not OperationCanceledException and not LocalRpcException)
            {
                onFailure(method, error);
                throw new LocalRpcException($"{method} failed: {error.Message}") { ErrorCode = (int)StreamJsonRpc.Protocol.JsonRpcErrorCode.InternalError };
            }
        });

    /// <summary>Takes a notification, in the order in which messages come.</summary>
    public void OnNotification<TParams>(string method, JsonTypeInfo<TParams> paramsType, Action<TParams> handle) =>
        Add(method, (parameters, _) =>
        {
            try
            {
                handle(Read(method, parameters, paramsType));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Nobody waits for an answer, and the session must go on.
                onFailure(method, error);
            }

            return Task.FromResult(Null);
        });

    /// <summary>Takes a message without parameters.</summary>
    public void OnEmpty(string method, Action handle)
    {
        Func<Task<JsonElement>> run = () =>
        {
            handle();
            return Task.FromResult(Null);
        };
        rpc.AddLocalRpcMethod(run.Method, run.Target, new JsonRpcMethodAttribute(method));
    }

    private void Add(string method, Func<JsonElement, CancellationToken, Task<JsonElement>> run) =>
        rpc.AddLocalRpcMethod(run.Method, run.Target, new JsonRpcMethodAttribute(method) { UseSingleObjectParameterDeserialization = true });

    private static T Read<T>(string method, JsonElement parameters, JsonTypeInfo<T> type)
    {
        try
        {
            return parameters.Deserialize(type) ?? throw new JsonException("the parameters are null");
        }
        catch (JsonException error)
        {
            throw new LocalRpcException($"{method}: {error.Message}") { ErrorCode = (int)StreamJsonRpc.Protocol.JsonRpcErrorCode.InvalidParams };
        }
    }
}
