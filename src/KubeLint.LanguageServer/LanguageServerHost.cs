using System.Text.Json;

using KubeLint.LanguageServer.Documentation;
using KubeLint.LanguageServer.Features;
using KubeLint.LanguageServer.Features.CodeActions;
using KubeLint.LanguageServer.Features.CodeLens;
using KubeLint.LanguageServer.Features.Completion;
using KubeLint.LanguageServer.Features.Diagnostics;
using KubeLint.LanguageServer.Features.Explain;
using KubeLint.LanguageServer.Features.Hover;
using KubeLint.LanguageServer.Features.InlayHints;
using KubeLint.LanguageServer.Features.Navigation;
using KubeLint.LanguageServer.Features.Rename;
using KubeLint.LanguageServer.Features.Symbols;
using KubeLint.LanguageServer.Features.Synchronization;
using KubeLint.LanguageServer.Protocol;
using KubeLint.LanguageServer.Rpc;
using KubeLint.LanguageServer.Text;

using StreamJsonRpc;

namespace KubeLint.LanguageServer;

/// <summary>A language server: one session with one client, from the first message to the last (https://microsoft.github.io/language-server-protocol/).</summary>
public sealed class LanguageServerHost
{
    private readonly LanguageServerSetup setup;
    private readonly ServerContext server;
    private readonly DiagnosticsPublisher publisher;
    private readonly DocumentSynchronization synchronization;
    private readonly Feature[] features;
    private readonly Dictionary<string, IDisposable> watches = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isShutDown;

    private LanguageServerHost(LanguageServerSetup setup, JsonRpc rpc)
    {
        this.setup = setup;
        server = new ServerContext(setup, new Client(rpc));
        var converter = new FindingConverter(server);
        publisher = new DiagnosticsPublisher(server, converter);
        synchronization = new DocumentSynchronization(server, publisher);
        var fields = new DocumentedFields();
        features =
        [
            synchronization,
            new PullDiagnostics(server, converter),
            new DefinitionFeature(server),
            new ReferencesFeature(server),
            new DocumentLinks(server),
            new DocumentSymbols(server),
            new WorkspaceSymbols(server),
            new RenameFeature(server),
            new CompletionFeature(server, fields),
            new HoverFeature(server, fields),
            new InlayHintFeature(server),
            new CodeLensFeature(server),
            new CodeActionFeature(server),
            new ExplainFeature(server),
        ];
    }

    private bool IsClientWatching => server.Capabilities.Workspace?.DidChangeWatchedFiles?.IsSupported == true;

    /// <summary>Serves a client until it says goodbye or goes.</summary>
    /// <param name="setup">The world around the server.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    /// <returns>Whether the client ended the session in order: with <c>shutdown</c> before <c>exit</c>.</returns>
    public static async Task<bool> RunAsync(LanguageServerSetup setup, CancellationToken cancellationToken = default)
    {
        using var rpc = Connection.Create(setup.Input, setup.Output);
        var host = new LanguageServerHost(setup, rpc);
        host.Register(new MessageHandlers(rpc, host.Failed));
        rpc.StartListening();
        try
        {
            await Task.WhenAny(rpc.Completion, host.exit.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var watch in host.watches.Values)
            {
                watch.Dispose();
            }
        }

        return host.isShutDown;
    }

    private void Register(MessageHandlers handlers)
    {
        handlers.OnRequest("initialize", ProtocolJson.Default.InitializeParams, ProtocolJson.Default.InitializeResult, (parameters, _) => Task.FromResult<InitializeResult?>(Initialize(parameters)));
        handlers.OnNotification("initialized", ProtocolJson.Default.EmptyParams, _ => Initialized());
        handlers.OnNotification("workspace/didChangeWorkspaceFolders", ProtocolJson.Default.DidChangeWorkspaceFoldersParams, FoldersChanged);
        handlers.OnNotification("workspace/didChangeConfiguration", ProtocolJson.Default.DidChangeConfigurationParams, SettingsChanged);
        handlers.OnEmpty("shutdown", () => isShutDown = true);
        handlers.OnEmpty("exit", () => exit.TrySetResult());
        foreach (var feature in features)
        {
            feature.Register(handlers);
        }
    }

    private InitializeResult Initialize(InitializeParams parameters)
    {
        server.Capabilities = parameters.Capabilities ?? new ClientCapabilities();
        var encoding = (server.Capabilities.General?.PositionEncodings ?? []).FirstOrDefault(name => name is "utf-8" or "utf-16");
        server.Positions = new TextPositions(encoding == "utf-8");
        if (parameters.InitializationOptions is { } options)
        {
            Apply(options);
        }

        var folders = parameters.WorkspaceFolders is { Length: > 0 } several ? several.Select(folder => (string?)folder.Uri) : [parameters.RootUri];
        foreach (var uri in folders)
        {
            if (uri is not null && FileUri.ToPath(uri) is { } path)
            {
                server.Repositories.Add(path);
            }
        }

        var capabilities = features.Aggregate(new ServerCapabilities { PositionEncoding = server.Positions.Encoding }, (all, feature) => feature.Announce(all));
        return new InitializeResult(capabilities, new ServerInfo("kubelint", setup.Version));
    }

    private void Initialized()
    {
        if (IsClientWatching)
        {
            // Generators and values files may have any name.
            var registration = new Registration("kubelint-files", "workspace/didChangeWatchedFiles", new WatchedFilesRegistration([new FileSystemWatcherPattern("**/*")]));
            server.Client.Ask("client/registerCapability", new RegistrationParams([registration]), ProtocolJson.Default.RegistrationParams);
        }

        foreach (var repository in server.Repositories.All)
        {
            Begin(repository);
        }

        _ = ReadSettingsAsync();
    }

    private void Begin(Repositories.Repository repository)
    {
        if (!IsClientWatching)
        {
            watches[repository.Folder] = setup.WatchFiles(repository.Folder, synchronization.DiskChanged);
        }

        publisher.AllChanged(repository);
    }

    private void FoldersChanged(DidChangeWorkspaceFoldersParams parameters)
    {
        foreach (var folder in parameters.Event.Removed)
        {
            if (FileUri.ToPath(folder.Uri) is { } path && server.Repositories.Remove(path) is { } repository)
            {
                publisher.Gone(repository);
                if (watches.Remove(path, out var watch))
                {
                    watch.Dispose();
                }
            }
        }

        foreach (var folder in parameters.Event.Added)
        {
            if (FileUri.ToPath(folder.Uri) is { } path)
            {
                Begin(server.Repositories.Add(path));
            }
        }
    }

    private void SettingsChanged(DidChangeConfigurationParams parameters)
    {
        if (server.Capabilities.Workspace?.Configuration == true)
        {
            _ = ReadSettingsAsync();
        }
        else if (parameters.Settings is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty("kubelint", out var settings))
        {
            Apply(settings);
        }
    }

    private async Task ReadSettingsAsync()
    {
        if (server.Capabilities.Workspace?.Configuration != true)
        {
            return;
        }

        var asked = new ConfigurationParams([new ConfigurationItem("kubelint")]);
        var answer = await server.Client.AskAsync("workspace/configuration", asked, ProtocolJson.Default.ConfigurationParams, CancellationToken.None).ConfigureAwait(false);
        if (answer is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0)
        {
            Apply(list[0]);
        }
    }

    // An editor that knows no settings says null, which changes nothing.
    private void Apply(JsonElement written)
    {
        if (written.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        Settings settings;
        try
        {
            settings = written.Deserialize(ProtocolJson.Default.Settings) ?? new Settings();
        }
        catch (JsonException error)
        {
            server.Client.Log(MessageType.Warning, $"The settings of kubelint cannot be read: {error.Message}");
            return;
        }

        var isOther = settings.ConfigFile != server.Settings.ConfigFile;
        var hasOtherHints = settings.InlayHints != server.Settings.InlayHints;
        server.Settings = settings;
        if (hasOtherHints)
        {
            server.RefreshInlayHints();
        }

        if (isOther)
        {
            server.Repositories.SetConfigFile(settings.ConfigFile);
            foreach (var repository in server.Repositories.All)
            {
                publisher.AllChanged(repository);
            }
        }
    }

    private void Failed(string method, Exception error)
    {
        server.Client.Log(MessageType.Error, $"{method} failed: {error.GetType().Name}: {error.Message}");
        setup.Error.WriteLine($"kubelint lsp: {method} failed: {error}");
    }
}
