namespace KubeLint.LanguageServer.Protocol;

/// <summary>A line that is shown above a range.</summary>
internal sealed record CodeLens(Range Range, Command Command);

/// <summary>A text that is shown within the document.</summary>
internal sealed record InlayHint(Position Position, string Label, MarkupContent Tooltip, bool PaddingLeft);
