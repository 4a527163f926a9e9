namespace KubeLint.Yaml;

/// <summary>
/// Cuts a text at its document markers, for texts that cannot be read as a whole. A marker at the start of a line is one
/// wherever it stands (https://yaml.org/spec/1.2.2/#912-document-markers): no construct of a document goes on behind it.
/// </summary>
internal static class DocumentSplitter
{
    /// <summary>The ranges, in order and without gaps: each from a <c>---</c>, or from behind a <c>...</c>.</summary>
    public static List<TextSpan> Split(string content)
    {
        var parts = new List<TextSpan>();
        var start = 0;
        var hasContent = false;
        var hasDirective = false;
        var line = 0;
        while (line < content.Length)
        {
            var lineEnd = content.AsSpan(line).IndexOfAny('\r', '\n');
            lineEnd = lineEnd < 0 ? content.Length : line + lineEnd;
            var next = lineEnd < content.Length ? lineEnd + 1 : lineEnd;
            var text = content.AsSpan(line, lineEnd - line);
            if (IsMarker(text, '-'))
            {
                // Directives belong to the document whose marker follows them.
                if (line > start && (hasContent || !hasDirective))
                {
                    parts.Add(TextSpan.FromBounds(start, line));
                    start = line;
                }

                hasContent = true;
            }
            else if (IsMarker(text, '.'))
            {
                parts.Add(TextSpan.FromBounds(start, next));
                start = next;
                hasContent = hasDirective = false;
            }
            else if (text.StartsWith('%') && !hasContent)
            {
                hasDirective = true;
            }
            else if (text.TrimStart() is [not '#', ..])
            {
                hasContent = true;
            }

            line = next;
        }

        if (start < content.Length)
        {
            parts.Add(TextSpan.FromBounds(start, content.Length));
        }

        return parts;
    }

    private static bool IsMarker(ReadOnlySpan<char> line, char character) =>
        line.Length >= 3 && line[0] == character && line[1] == character && line[2] == character && (line.Length == 3 || line[3] is ' ' or '\t');
}
