using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeLint.LanguageServer.Protocol;

/// <summary>A folder that the client has open.</summary>
internal sealed record WorkspaceFolder(string Uri, string Name);

/// <summary>The first message.</summary>
internal sealed record InitializeParams
{
    public int? ProcessId { get; init; }

    public string? RootUri { get; init; }

    public WorkspaceFolder[]? WorkspaceFolders { get; init; }

    public ClientCapabilities? Capabilities { get; init; }

    /// <summary>The <see cref="Settings"/>; read by themselves, so that a mistake in them costs nothing else.</summary>
    public JsonElement? InitializationOptions { get; init; }
}

/// <summary>What the client can do, as far as the server asks.</summary>
internal sealed record ClientCapabilities
{
    public GeneralClientCapabilities? General { get; init; }

    public WorkspaceClientCapabilities? Workspace { get; init; }

    public TextDocumentClientCapabilities? TextDocument { get; init; }

    public WindowClientCapabilities? Window { get; init; }
}

internal sealed record GeneralClientCapabilities(string[]? PositionEncodings);

internal sealed record WindowClientCapabilities(bool WorkDoneProgress, Supported? ShowDocument = null);

internal sealed record Supported(bool Support);

internal sealed record DynamicRegistration([property: JsonPropertyName("dynamicRegistration")] bool IsSupported);

internal sealed record RefreshSupport([property: JsonPropertyName("refreshSupport")] bool IsSupported);

internal sealed record WorkspaceClientCapabilities
{
    public bool Configuration { get; init; }

    public bool WorkspaceFolders { get; init; }

    public DynamicRegistration? DidChangeWatchedFiles { get; init; }

    public RefreshSupport? Diagnostics { get; init; }

    public RefreshSupport? CodeLens { get; init; }

    public RefreshSupport? InlayHint { get; init; }
}

internal sealed record TextDocumentClientCapabilities
{
    /// <summary>Present where the client asks for diagnostics itself.</summary>
    public JsonElement? Diagnostic { get; init; }

    public PublishDiagnosticsCapabilities? PublishDiagnostics { get; init; }

    public DefinitionCapabilities? Definition { get; init; }

    public DocumentSymbolCapabilities? DocumentSymbol { get; init; }

    public CodeActionCapabilities? CodeAction { get; init; }
}

internal sealed record DefinitionCapabilities(bool LinkSupport);

internal sealed record DocumentSymbolCapabilities(bool HierarchicalDocumentSymbolSupport);

internal sealed record PublishDiagnosticsCapabilities(bool RelatedInformation)
{
    /// <summary>The tags that the client shows; older clients say only that they show some.</summary>
    public JsonElement? TagSupport { get; init; }
}

internal sealed record CodeActionCapabilities(ResolveSupport? ResolveSupport = null);

/// <summary>The properties for which the client asks later.</summary>
internal sealed record ResolveSupport(string[]? Properties = null);

/// <summary>What a user sets in the editor, under <c>kubelint</c>.</summary>
internal sealed record Settings
{
    /// <summary>The configuration to use instead of the one found; null for that.</summary>
    public string? ConfigFile { get; init; }

    public InlayHintSettings? InlayHints { get; init; }
}

/// <summary>Which hints are shown in the text.</summary>
internal sealed record InlayHintSettings(bool EffectiveValues);

/// <summary>The answer to the first message.</summary>
internal sealed record InitializeResult(ServerCapabilities Capabilities, ServerInfo ServerInfo);

internal sealed record ServerInfo(string Name, string Version);

/// <summary>What the server can do.</summary>
internal sealed record ServerCapabilities
{
    public required string PositionEncoding { get; init; }

    public TextDocumentSyncOptions TextDocumentSync { get; init; } = new();

    public DiagnosticOptions? DiagnosticProvider { get; init; }

    public bool? HoverProvider { get; init; }

    public bool? DefinitionProvider { get; init; }

    public bool? ReferencesProvider { get; init; }

    public bool? DocumentSymbolProvider { get; init; }

    public bool? WorkspaceSymbolProvider { get; init; }

    public bool? InlayHintProvider { get; init; }

    public CompletionOptions? CompletionProvider { get; init; }

    public CodeActionOptions? CodeActionProvider { get; init; }

    public ResolveOptions? CodeLensProvider { get; init; }

    public ResolveOptions? DocumentLinkProvider { get; init; }

    public RenameOptions? RenameProvider { get; init; }

    public ExecuteCommandOptions? ExecuteCommandProvider { get; init; }

    public WorkspaceServerCapabilities Workspace { get; init; } = new(new WorkspaceFoldersOptions());
}

internal sealed record TextDocumentSyncOptions
{
    private const int Incremental = 2;

    public bool OpenClose { get; init; } = true;

    public int Change { get; init; } = Incremental;

    public SaveOptions Save { get; init; } = new(false);
}

internal sealed record SaveOptions(bool IncludeText);

internal sealed record DiagnosticOptions(string Identifier, bool InterFileDependencies, bool WorkspaceDiagnostics);

internal sealed record CompletionOptions(string[] TriggerCharacters, bool ResolveProvider);

internal sealed record CodeActionOptions(string[] CodeActionKinds, bool ResolveProvider);

internal sealed record ResolveOptions(bool ResolveProvider);

internal sealed record RenameOptions(bool PrepareProvider);

internal sealed record ExecuteCommandOptions(string[] Commands);

internal sealed record WorkspaceServerCapabilities(WorkspaceFoldersOptions WorkspaceFolders);

internal sealed record WorkspaceFoldersOptions
{
    public bool Supported { get; init; } = true;

    public bool ChangeNotifications { get; init; } = true;
}

internal sealed record DidChangeWorkspaceFoldersParams(WorkspaceFoldersChangeEvent Event);

internal sealed record WorkspaceFoldersChangeEvent(WorkspaceFolder[] Added, WorkspaceFolder[] Removed);

internal sealed record DidChangeConfigurationParams(JsonElement? Settings);

internal sealed record ConfigurationParams(ConfigurationItem[] Items);

internal sealed record ConfigurationItem(string Section);

internal sealed record RegistrationParams(Registration[] Registrations);

internal sealed record Registration(string Id, string Method, WatchedFilesRegistration RegisterOptions);

internal sealed record WatchedFilesRegistration(FileSystemWatcherPattern[] Watchers);

internal sealed record FileSystemWatcherPattern(string GlobPattern);

internal sealed record DidChangeWatchedFilesParams(FileEvent[] Changes);

/// <summary>A change on disk.</summary>
internal sealed record FileEvent(string Uri, FileChangeType Type);

internal enum FileChangeType
{
    Created = 1,
    Changed = 2,
    Deleted = 3,
}

internal sealed record WorkDoneProgressCreateParams(string Token);

internal sealed record ProgressParams(string Token, WorkDoneProgress Value);

internal sealed record WorkDoneProgress(string Kind, string? Title = null, string? Message = null);

internal sealed record LogMessageParams(MessageType Type, string Message);

internal enum MessageType
{
    Error = 1,
    Warning = 2,
    Info = 3,
    Log = 4,
}

/// <summary>Parameters that say nothing.</summary>
internal sealed record EmptyParams;
