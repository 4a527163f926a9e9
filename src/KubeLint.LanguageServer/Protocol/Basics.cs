using System.Text.Json.Serialization;

namespace KubeLint.LanguageServer.Protocol;

/// <summary>A place in a document. Line and character count from 0; what a character is the client and the server agree upon.</summary>
internal readonly record struct Position(int Line, int Character);

/// <summary>A range of a document; the end is exclusive.</summary>
internal readonly record struct Range(Position Start, Position End);

/// <summary>A range of a file.</summary>
internal sealed record Location(string Uri, Range Range);

/// <summary>A link from a range to another place.</summary>
internal sealed record LocationLink(Range OriginSelectionRange, string TargetUri, Range TargetRange, Range TargetSelectionRange);

/// <summary>A document by its address.</summary>
internal sealed record TextDocumentIdentifier(string Uri);

/// <summary>A document by its address, in a version; null for that on disk.</summary>
internal sealed record VersionedTextDocumentIdentifier(string Uri, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Version);

/// <summary>A document with its text.</summary>
internal sealed record TextDocumentItem(string Uri, string LanguageId, int Version, string Text);

/// <summary>A document and a place in it: what most requests ask about.</summary>
internal sealed record TextDocumentPositionParams(TextDocumentIdentifier TextDocument, Position Position);

/// <summary>What a request asks about a whole document.</summary>
internal sealed record TextDocumentParams(TextDocumentIdentifier TextDocument);

/// <summary>What a request asks about a range of a document.</summary>
internal sealed record TextDocumentRangeParams(TextDocumentIdentifier TextDocument, Range Range);

/// <summary>The replacement of a range.</summary>
internal sealed record TextEdit(Range Range, string NewText);

/// <summary>The edits of one document.</summary>
internal sealed record TextDocumentEdit(VersionedTextDocumentIdentifier TextDocument, TextEdit[] Edits);

/// <summary>Edits of several documents.</summary>
internal sealed record WorkspaceEdit(TextDocumentEdit[] DocumentChanges);

/// <summary>Text that a client renders.</summary>
internal sealed record MarkupContent(string Kind, string Value)
{
    public static MarkupContent Markdown(string value) => new("markdown", value);
}

/// <summary>An order that the client sends back to the server, or carries out itself.</summary>
internal sealed record Command(string Title, [property: JsonPropertyName("command")] string Name, object?[]? Arguments = null);
