namespace KubeLint.LanguageServer.Protocol;

internal sealed record ReferenceParams(TextDocumentIdentifier TextDocument, Position Position, ReferenceContext? Context);

internal sealed record ReferenceContext(bool IncludeDeclaration);

/// <summary>A range of a document that leads to another document.</summary>
internal sealed record DocumentLink(Range Range, string Target, string? Tooltip = null);

/// <summary>What a document holds, as an outline.</summary>
internal sealed record DocumentSymbol(string Name, string? Detail, SymbolKind Kind, Range Range, Range SelectionRange, DocumentSymbol[]? Children = null);

/// <summary>The same as a flat list, and the answer about a whole repository.</summary>
internal sealed record SymbolInformation(string Name, SymbolKind Kind, Location Location, string? ContainerName = null);

/// <summary>What a symbol is; editors choose an icon by it.</summary>
internal enum SymbolKind
{
    File = 1,
    Class = 5,
    Property = 7,
    Array = 18,
    Object = 19,
    Key = 20,
}

internal sealed record WorkspaceSymbolParams(string Query);

internal sealed record RenameParams(TextDocumentIdentifier TextDocument, Position Position, string NewName);

/// <summary>What is renamed.</summary>
internal sealed record PrepareRenameResult(Range Range, string Placeholder);
