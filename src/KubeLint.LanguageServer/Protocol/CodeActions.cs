using System.Text.Json;

namespace KubeLint.LanguageServer.Protocol;

internal sealed record CodeActionParams(TextDocumentIdentifier TextDocument, Range Range, CodeActionContext? Context);

/// <summary>What the client knows: findings of any server, as it got them, and the kinds of actions that it wants; null for all.</summary>
internal sealed record CodeActionContext(JsonElement[]? Diagnostics, string[]? Only);

/// <summary>Something that the client can do about a place.</summary>
internal sealed record CodeAction
{
    public required string Title { get; init; }

    public required string Kind { get; init; }

    public JsonElement[]? Diagnostics { get; init; }

    public bool? IsPreferred { get; init; }

    public WorkspaceEdit? Edit { get; init; }

    public Command? Command { get; init; }

    /// <summary>What the server needs to find the edit, where the client asks for it later: the document's address.</summary>
    public string? Data { get; init; }
}

internal sealed record ExecuteCommandParams(string Command, JsonElement[]? Arguments);

internal sealed record ShowDocumentParams(string Uri, bool External);
