using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

using StreamJsonRpc;

namespace KubeLint.LanguageServer.Tests;

/// <summary>
/// An editor as the server sees one: it starts <c>kubelint lsp</c> as a process, talks to it over its standard streams, and keeps what it is
/// told. Positions are 0-based, as the protocol's.
/// </summary>
internal sealed class Editor : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly JsonRpc rpc;
    private readonly Dictionary<string, (int Version, string Text)> open = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Method, JsonNode? Parameters)> messages = new();
    private readonly ConcurrentDictionary<string, JsonArray> published = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim arrived = new(0);

    private Editor(Process process, string root)
    {
        this.process = process;
        Root = root;
        var handler = new HeaderDelimitedMessageHandler(process.StandardInput.BaseStream, process.StandardOutput.BaseStream, new SystemTextJsonFormatter());
        rpc = new JsonRpc(handler);
        foreach (var method in new[] { "window/logMessage", "$/progress", "textDocument/publishDiagnostics" })
        {
            Take(method);
        }

        foreach (var method in new[] { "window/workDoneProgress/create", "client/registerCapability", "workspace/diagnostic/refresh", "workspace/codeLens/refresh", "workspace/inlayHint/refresh", "window/showDocument" })
        {
            Take(method);
        }

        Func<JsonNode, JsonNode> configuration = parameters =>
        {
            messages.Enqueue(("workspace/configuration", parameters));
            return new JsonArray(Settings?.DeepClone());
        };
        Add("workspace/configuration", configuration);
    }

    /// <summary>The folder that it has open.</summary>
    public string Root { get; }

    /// <summary>What it answers when the server asks for its settings under <c>kubelint</c>.</summary>
    public JsonNode? Settings { get; set; }

    /// <summary>The answer to the first message.</summary>
    public JsonNode Initialized { get; private set; } = new JsonObject();

    /// <summary>What the server said and asked, in order.</summary>
    public IEnumerable<(string Method, JsonNode? Parameters)> Messages => messages;

    /// <summary>The server's process.</summary>
    public Process Process => process;

    /// <summary>Starts the server in a folder.</summary>
    /// <param name="root">The absolute folder.</param>
    /// <param name="capabilities">What the editor can do; little where null.</param>
    /// <param name="options">The <c>initializationOptions</c>.</param>
    /// <param name="folders">The folders that are open; the root where null.</param>
    /// <param name="heapLimit">How many bytes the server's heap may have, in hexadecimal; null for no limit.</param>
    public static async Task<Editor> StartAsync(string root, JsonNode? capabilities = null, JsonNode? options = null, string[]? folders = null, string? heapLimit = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "kubelint.dll"), "lsp"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        if (heapLimit is not null)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = heapLimit;
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        var editor = new Editor(process, root);
        editor.rpc.StartListening();
        var parameters = new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["rootUri"] = Uri(root),
            ["capabilities"] = capabilities ?? new JsonObject(),
            ["workspaceFolders"] = new JsonArray([.. (folders ?? [root]).Select(folder => new JsonObject { ["uri"] = Uri(folder), ["name"] = Path.GetFileName(folder) })]),
        };
        if (options is not null)
        {
            parameters["initializationOptions"] = options;
        }

        editor.Initialized = (await editor.RequestAsync("initialize", parameters))!;
        await editor.NotifyAsync("initialized", new JsonObject());
        return editor;
    }

    /// <summary>The address of a path below the root, or of an absolute one.</summary>
    public string UriOf(string path) => Uri(Path.Combine(Root, path));

    /// <summary>Whether a document is open.</summary>
    public bool IsOpen(string path) => open.ContainsKey(path);

    /// <summary>The text of an open document.</summary>
    public string TextOf(string path) => open[path].Text;

    /// <summary>Opens a document with the text on disk, or with another one.</summary>
    public Task OpenAsync(string path, string? text = null)
    {
        text ??= File.ReadAllText(Path.Combine(Root, path));
        open[path] = (1, text);
        return NotifyAsync("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = UriOf(path), ["languageId"] = "yaml", ["version"] = 1, ["text"] = text },
        });
    }

    /// <summary>Replaces the whole text of an open document.</summary>
    public Task ChangeAsync(string path, string text)
    {
        var version = open[path].Version + 1;
        open[path] = (version, text);
        return NotifyAsync("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = UriOf(path), ["version"] = version },
            ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = text }),
        });
    }

    /// <summary>Replaces the first occurrence of a text in an open document, as an incremental change.</summary>
    public Task ReplaceAsync(string path, string before, string after)
    {
        var offset = open[path].Text.IndexOf(before, StringComparison.Ordinal);
        offset.ShouldBeGreaterThanOrEqualTo(0, $"'{before}' is not in {path}");
        return SpliceAsync(path, offset, before.Length, after);
    }

    /// <summary>Replaces a part of an open document, as an incremental change.</summary>
    public Task SpliceAsync(string path, int offset, int length, string after)
    {
        var (version, text) = open[path];
        open[path] = (version + 1, string.Concat(text.AsSpan(0, offset), after, text.AsSpan(offset + length)));
        return NotifyAsync("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = UriOf(path), ["version"] = version + 1 },
            ["contentChanges"] = new JsonArray(new JsonObject { ["range"] = Range(text, offset, length), ["text"] = after }),
        });
    }

    /// <summary>Saves an open document: to disk, and tells the server.</summary>
    public Task SaveAsync(string path)
    {
        File.WriteAllText(Path.Combine(Root, path), open[path].Text);
        return NotifyAsync("textDocument/didSave", Document(path));
    }

    /// <summary>Closes a document.</summary>
    public Task CloseAsync(string path)
    {
        open.Remove(path);
        return NotifyAsync("textDocument/didClose", Document(path));
    }

    /// <summary>Tells that a file changed on disk: 1 came, 2 changed, 3 went.</summary>
    public Task WatchedAsync(string path, int type) => NotifyAsync("workspace/didChangeWatchedFiles", new JsonObject
    {
        ["changes"] = new JsonArray(new JsonObject { ["uri"] = UriOf(path), ["type"] = type }),
    });

    /// <summary>The parameters of a request about a document.</summary>
    public JsonObject Document(string path) => new() { ["textDocument"] = new JsonObject { ["uri"] = UriOf(path) } };

    /// <summary>The parameters of a request about a place: where a marker stands in an open document; behind its <paramref name="offset"/>-th character.</summary>
    public JsonObject At(string path, string marker, int offset = 0)
    {
        var text = open[path].Text;
        var index = text.IndexOf(marker, StringComparison.Ordinal);
        index.ShouldBeGreaterThanOrEqualTo(0, $"'{marker}' is not in {path}");
        var parameters = Document(path);
        parameters["position"] = Position(text, index + offset);
        return parameters;
    }

    /// <summary>Asks the server.</summary>
    /// <exception cref="RemoteInvocationException">The server answers with an error.</exception>
    public async Task<JsonNode?> RequestAsync(string method, JsonNode parameters, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        return await rpc.InvokeWithParameterObjectAsync<JsonNode?>(method, parameters, patience.Token);
    }

    /// <summary>Tells the server.</summary>
    public Task NotifyAsync(string method, JsonNode parameters) => rpc.NotifyWithParameterObjectAsync(method, parameters);

    /// <summary>The findings of a document, asked for: one a line, <c>line:character-line:character severity code message</c>.</summary>
    public async Task<string[]> DiagnosticsAsync(string path) => Lines((await RequestAsync("textDocument/diagnostic", Document(path)))!["items"]!.AsArray());

    /// <summary>The findings of a document that the server told by itself; waits until they are as expected.</summary>
    public async Task<string[]> PublishedAsync(string path, Func<string[], bool> isExpected)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var lines = published.TryGetValue(UriOf(path), out var items) ? Lines(items) : [];
            if (published.ContainsKey(UriOf(path)) && isExpected(lines))
            {
                return lines;
            }

            try
            {
                await arrived.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"the findings of {path} are still:\n{string.Join('\n', lines)}");
            }
        }
    }

    /// <summary>Waits for a message of the server.</summary>
    public async Task<JsonNode?> MessageAsync(string method, Func<JsonNode?, bool>? isExpected = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            foreach (var message in messages)
            {
                if (message.Method == method && isExpected?.Invoke(message.Parameters) != false)
                {
                    return message.Parameters;
                }
            }

            await arrived.WaitAsync(patience.Token);
        }
    }

    /// <summary>Waits until a message of the server came a number of times.</summary>
    public async Task MessagesAsync(string method, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (messages.Count(message => message.Method == method) < count)
        {
            await arrived.WaitAsync(patience.Token);
        }
    }

    /// <summary>Says goodbye; the process's exit code.</summary>
    public async Task<int> StopAsync()
    {
        Func<Task> shutdown = () => rpc.InvokeAsync("shutdown");
        await shutdown();
        await rpc.NotifyAsync("exit");
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        rpc.Dispose();
        process.Dispose();
        arrived.Dispose();
    }

    /// <summary>The address of an absolute path.</summary>
    public static string Uri(string path) => new Uri(path).AbsoluteUri;

    /// <summary>A range of a text.</summary>
    public static JsonObject Range(string text, int offset, int length) => new() { ["start"] = Position(text, offset), ["end"] = Position(text, offset + length) };

    /// <summary>A place in a text.</summary>
    public static JsonObject Position(string text, int offset)
    {
        var before = text.AsSpan(0, offset);
        return new JsonObject { ["line"] = before.Count('\n'), ["character"] = offset - (before.LastIndexOf('\n') + 1) };
    }

    private static string[] Lines(JsonArray items) =>
        [.. items.Select(item => $"{Place(item!["range"]!["start"]!)}-{Place(item["range"]!["end"]!)} {item["severity"]} {item["code"]} {item["message"]!.ToString().Split('\n')[0]}")];

    private static string Place(JsonNode position) => $"{position["line"]}:{position["character"]}";

    private void Take(string method)
    {
        Action<JsonNode> take = parameters =>
        {
            messages.Enqueue((method, parameters));
            if (method == "textDocument/publishDiagnostics")
            {
                published[parameters["uri"]!.ToString()] = parameters["diagnostics"]!.AsArray();
            }

            arrived.Release();
        };
        Add(method, take);
    }

    private void Add(string method, Delegate handler) =>
        rpc.AddLocalRpcMethod(handler.Method, handler.Target, new JsonRpcMethodAttribute(method) { UseSingleObjectParameterDeserialization = true });
}
