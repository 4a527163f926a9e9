namespace KubeLint.LanguageServer.Protocol;

/// <summary>What is shown over a place.</summary>
internal sealed record HoverResult(MarkupContent Contents, Range? Range);
