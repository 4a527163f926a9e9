using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.Completion;

/// <summary>The token of a line of YAML at which somebody types, found without parsing: the line may be anything yet.</summary>
/// <param name="Span">The whole token, quotes included: what a choice replaces.</param>
/// <param name="Typed">What of it stands before the cursor, without its quote.</param>
/// <param name="IsKey">Whether it stands where a key would, or an item of a list.</param>
/// <param name="HasColon">Whether a colon follows.</param>
/// <param name="Quote">The quote with which it begins; a space where there is none.</param>
/// <param name="Column">The column, from 0, of the mapping's keys, or of the token in a list.</param>
/// <param name="IsFlow">Whether it stands between brackets or braces.</param>
internal readonly record struct CursorToken(TextSpan Span, string Typed, bool IsKey, bool HasColon, char Quote, int Column, bool IsFlow)
{
    /// <summary>The token at an offset; null where nothing can be chosen.</summary>
    public static CursorToken? At(SourceText text, int offset)
    {
        var line = text.GetLineSpan(text.GetPosition(offset).Line);
        var head = text.Content.AsSpan(line.Start, offset - line.Start);
        var column = head.Length - head.TrimStart(' ').Length;
        while (column + 1 < head.Length && head[column] == '-' && head[column + 1] == ' ')
        {
            column += 2;
            column += head[column..].Length - head[column..].TrimStart(' ').Length;
        }

        var rest = head[column..];

        // Behind a colon or a dash a blank comes first.
        if (rest is "-" || rest.EndsWith(":") || rest.StartsWith("#"))
        {
            return null;
        }

        var colon = rest.IndexOf(": ");
        if (colon < 0)
        {
            return rest.StartsWith("{") || rest.StartsWith("[") ? Flow(text, line, column, offset, column) : Key(text, line, column, offset);
        }

        var start = column + colon + 1;
        start += head[start..].Length - head[start..].TrimStart(' ').Length;
        var value = head[start..];
        return value.StartsWith("{") || value.StartsWith("[") ? Flow(text, line, start, offset, column)
            : value.Length > 0 && value[0] is '|' or '>' or '&' or '*' or '!' or '#' ? null
            : Value(text, line, start, offset, column, isFlow: false);
    }

    private static CursorToken Key(SourceText text, TextSpan line, int column, int offset)
    {
        var tail = text.Content.AsSpan(offset, line.End - offset);
        var colon = tail.IndexOf(": ") is >= 0 and var inner ? inner : tail.TrimEnd().EndsWith(":") ? tail.TrimEnd().Length - 1 : -1;
        var length = colon >= 0 ? colon : Content(tail).Length;
        var start = line.Start + column;
        return new CursorToken(TextSpan.FromBounds(start, offset + length), text.Content[start..offset], true, colon >= 0, ' ', column, false);
    }

    private static CursorToken Value(SourceText text, TextSpan line, int column, int offset, int mapping, bool isFlow)
    {
        var start = line.Start + column;
        var tail = text.Content.AsSpan(offset, line.End - offset);
        var quote = start < offset && text.Content[start] is '"' or '\'' ? text.Content[start] : ' ';
        var length = quote != ' ' && tail.IndexOf(quote) is >= 0 and var close ? close + 1
            : isFlow && tail.IndexOfAny(",]}") is >= 0 and var end ? end
            : Content(tail).Length;
        return new CursorToken(TextSpan.FromBounds(start, offset + length), text.Content[(start + (quote == ' ' ? 0 : 1))..offset], false, false, quote, mapping, isFlow);
    }

    private static CursorToken? Flow(SourceText text, TextSpan line, int column, int offset, int mapping)
    {
        var content = text.Content.AsSpan(line.Start, offset - line.Start);
        var open = new Stack<char>();
        var isKey = false;
        var start = column;
        for (var i = column; i < content.Length; i++)
        {
            switch (content[i])
            {
                case '[' or '{':
                    open.Push(content[i]);
                    (start, isKey) = (i + 1, content[i] == '{');
                    break;
                case ']' or '}':
                    open.TryPop(out _);
                    break;
                case ',':
                    (start, isKey) = (i + 1, open.TryPeek(out var around) && around == '{');
                    break;
                case ':' when i + 1 < content.Length && content[i + 1] == ' ':
                    (start, isKey) = (i + 2, false);
                    break;
            }
        }

        if (open.Count == 0)
        {
            return null;
        }

        start += content[start..].Length - content[start..].TrimStart(' ').Length;
        var token = Value(text, line, start, offset, mapping, isFlow: true);
        var tail = text.Content.AsSpan(offset, line.End - offset);
        var colon = isKey ? tail.IndexOf(':') : -1;
        return colon >= 0 && tail[..colon].IndexOfAny(",]}") < 0
            ? token with { IsKey = true, HasColon = true, Span = TextSpan.FromBounds(token.Span.Start, offset + colon) }
            : token with { IsKey = isKey };
    }

    // Up to a comment, blanks at the end left out.
    private static ReadOnlySpan<char> Content(ReadOnlySpan<char> tail) => (tail.IndexOf(" #") is >= 0 and var comment ? tail[..comment] : tail).TrimEnd();
}
