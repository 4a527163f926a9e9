using KubeLint.Yaml;

namespace KubeLint.Flux.Cel;

/// <summary>Splits a CEL expression into tokens (https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax). Each character is looked at once or twice.</summary>
internal sealed class CelLexer(string text)
{
    private static readonly string[] Operators =
        ["||", "&&", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    private int position;

    /// <summary>The next token.</summary>
    public CelToken Next()
    {
        SkipBlanks();
        if (position >= text.Length)
        {
            return new CelToken(CelTokenKind.End, "", new TextSpan(text.Length, 0));
        }

        var start = position;
        var c = text[position];
        if (StringStart() is { } quoteAt)
        {
            return ReadString(start, quoteAt);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1])))
        {
            return ReadNumber(start);
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'))
            {
                position++;
            }

            return Token(CelTokenKind.Identifier, start);
        }

        if (c == '`')
        {
            // A field whose name is no identifier.
            var end = text.IndexOf('`', start + 1);
            position = end < 0 ? text.Length : end + 1;
            return end < 0 ? Invalid("the field name is not closed by '`'", start, text.Length) : Token(CelTokenKind.Identifier, start);
        }

        foreach (var candidate in Operators)
        {
            if (string.CompareOrdinal(text, start, candidate, 0, candidate.Length) == 0)
            {
                position += candidate.Length;
                return new CelToken(CelTokenKind.Operator, candidate, new TextSpan(start, candidate.Length));
            }
        }

        position++;
        return Invalid(
            c switch
            {
                '=' => "'=' is no operator; equality is '=='",
                '&' => "'&' is no operator; and is '&&'",
                '|' => "'|' is no operator; or is '||'",
                _ => $"'{c}' has no meaning here",
            },
            start,
            position);
    }

    private void SkipBlanks()
    {
        while (position < text.Length)
        {
            if (text[position] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                position++;
            }
            else if (text[position] == '/' && position + 1 < text.Length && text[position + 1] == '/')
            {
                var end = text.IndexOf('\n', position);
                position = end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    // Where the quote stands behind at most two prefixes; null where this is no string.
    private int? StringStart()
    {
        var at = position;
        while (at < position + 2 && at < text.Length && text[at] is 'r' or 'R' or 'b' or 'B')
        {
            at++;
        }

        return at < text.Length && text[at] is '"' or '\'' ? at : null;
    }

    private CelToken ReadString(int start, int quoteAt)
    {
        var isRaw = text.AsSpan(start, quoteAt - start).IndexOfAny('r', 'R') >= 0;
        var quote = text[quoteAt];
        var isTriple = quoteAt + 2 < text.Length && text[quoteAt + 1] == quote && text[quoteAt + 2] == quote;
        position = quoteAt + (isTriple ? 3 : 1);
        while (position < text.Length)
        {
            var c = text[position];
            if (c == quote && (!isTriple || (position + 2 < text.Length && text[position + 1] == quote && text[position + 2] == quote)))
            {
                position += isTriple ? 3 : 1;
                return Token(CelTokenKind.Literal, start);
            }

            if (c is '\n' or '\r' && !isTriple)
            {
                break;
            }

            if (c == '\\' && !isRaw)
            {
                var length = EscapeLength(position);
                if (length == 0)
                {
                    var at = position;
                    position = text.Length;
                    return Invalid("the string has an escape that CEL does not know", at, Math.Min(at + 2, text.Length));
                }

                position += length;
            }
            else
            {
                position++;
            }
        }

        position = text.Length;
        return Invalid("the string is not closed", start, quoteAt + 1);
    }

    private int EscapeLength(int at)
    {
        if (at + 1 >= text.Length)
        {
            return 0;
        }

        return text[at + 1] switch
        {
            'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v' or '\\' or '?' or '"' or '\'' or '`' => 2,
            'x' or 'X' => Digits(at + 2, 2) ? 4 : 0,
            'u' => Digits(at + 2, 4) ? 6 : 0,
            'U' => Digits(at + 2, 8) ? 10 : 0,
            >= '0' and <= '3' => at + 3 < text.Length && text[at + 2] is >= '0' and <= '7' && text[at + 3] is >= '0' and <= '7' ? 4 : 0,
            _ => 0,
        };
    }

    private bool Digits(int from, int count)
    {
        if (from + count > text.Length)
        {
            return false;
        }

        for (var i = from; i < from + count; i++)
        {
            if (!char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private CelToken ReadNumber(int start)
    {
        if (text[position] == '0' && position + 1 < text.Length && text[position + 1] is 'x' or 'X')
        {
            position += 2;
            Skip(char.IsAsciiHexDigit);
            Optional('u', 'U');
        }
        else
        {
            Skip(char.IsAsciiDigit);
            var isWhole = true;
            if (position + 1 < text.Length && text[position] == '.' && char.IsAsciiDigit(text[position + 1]))
            {
                isWhole = false;
                position++;
                Skip(char.IsAsciiDigit);
            }

            if (position < text.Length && text[position] is 'e' or 'E')
            {
                isWhole = false;
                position++;
                Optional('+', '-');
                Skip(char.IsAsciiDigit);
            }

            if (isWhole)
            {
                Optional('u', 'U');
            }
        }

        if (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'))
        {
            Skip(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
            return Invalid($"'{text[start..position]}' is no number", start, position);
        }

        return Token(CelTokenKind.Literal, start);
    }

    private void Skip(Func<char, bool> matches)
    {
        while (position < text.Length && matches(text[position]))
        {
            position++;
        }
    }

    private void Optional(char one, char two)
    {
        if (position < text.Length && (text[position] == one || text[position] == two))
        {
            position++;
        }
    }

    private CelToken Token(CelTokenKind kind, int start) => new(kind, text[start..position], TextSpan.FromBounds(start, position));

    private static CelToken Invalid(string message, int start, int end) => new(CelTokenKind.Invalid, message, TextSpan.FromBounds(start, end));
}
