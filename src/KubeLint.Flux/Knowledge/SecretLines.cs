using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// Tells which part of a source line must not be shown because it is a Secret's value (<c>data</c> and <c>stringData</c>
/// of a Secret, what a <c>secretGenerator</c> is given) or the password of an address. Reads indentation only: it has to work on text that does not parse.
/// </summary>
public static class SecretLines
{
    /// <summary>The range of the text (offsets of the file) to hide on this line (1-based); null where nothing is secret.</summary>
    public static TextSpan? Find(SourceText text, int line)
    {
        var span = text.GetLineSpan(line);
        var content = text.Content.AsSpan(span.Start, span.Length);
        var indentation = Indentation(content);
        if (indentation == content.Length)
        {
            return null;
        }

        // One line that holds the whole object: flow style, JSON.
        if (content.Contains("Secret", StringComparison.Ordinal) && content.IndexOfAny('{', '[') >= 0
            && (content.Contains("data", StringComparison.Ordinal) || content.Contains("stringData", StringComparison.Ordinal)))
        {
            return TextSpan.FromBounds(span.Start + indentation, span.End);
        }

        return IsBelowSecretData(text, line, indentation) ? Value(span, content, indentation)
            : AddressCredentials.Find(content) is { } found ? new TextSpan(span.Start + found.Start, found.Length) : null;
    }

    /// <summary>
    /// Whether a line (1-based) must not leave the repository where it is shown for its surroundings only: one with a Secret's value, or
    /// with what looks like a credential.
    /// </summary>
    public static bool IsSecret(SourceText text, int line)
    {
        var content = Line(text, line);
        return Find(text, line) is not null || (!content.IsWhiteSpace() && HoldsCredential(text, line, content));
    }

    private static bool HoldsCredential(SourceText text, int line, ReadOnlySpan<char> content)
    {
        if (Credentials.FindForm(content.ToString()) is not null || content.Contains("PRIVATE KEY-----", StringComparison.Ordinal) || IsBlob(content.Trim("\"' \t\r-,")))
        {
            return true;
        }

        var key = Key(content);
        if (key.IsEmpty || !Credentials.LooksLikeCredential(ValueOf(content)))
        {
            return false;
        }

        // `- name: PASSWORD` and `value: …`, in any order.
        return Credentials.IsSecretName(key.ToString())
            || (key is "value" && (HasSecretName(text, line - 1, KeyColumn(content)) || HasSecretName(text, line + 1, KeyColumn(content))));
    }

    private static bool HasSecretName(SourceText text, int line, int column)
    {
        if (line < 1 || line > text.LineCount)
        {
            return false;
        }

        var content = Line(text, line);
        return KeyColumn(content) == column && Key(content) is "name" && Credentials.IsSecretName(ValueOf(content));
    }

    private static string ValueOf(ReadOnlySpan<char> content)
    {
        var value = content[(content.IndexOf(':') + 1)..];
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? value : value[..comment]).Trim("\"' \t\r,}").ToString();
    }

    // A line of a key or of something in base64.
    private static bool IsBlob(ReadOnlySpan<char> content)
    {
        const int Least = 40;
        if (content.Length < Least)
        {
            return false;
        }

        foreach (var letter in content)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('+' or '/' or '='))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsBelowSecretData(SourceText text, int line, int indentation)
    {
        var limit = indentation;
        var key = Key(Line(text, line));
        if (IsOneLineSecret(text, line, key, limit))
        {
            return true;
        }

        // Climb: the nearest earlier line that stands further left is the parent.
        for (var i = line - 1; i >= 1 && limit > 0; i--)
        {
            var content = Line(text, i);
            var start = Indentation(content);
            if (start == content.Length || content[start] == '#')
            {
                continue;
            }

            if (content.StartsWith("---"))
            {
                break;
            }

            // `key:` may hold a list that is not indented against it, so an item's own column counts as further right.
            if (start >= limit)
            {
                continue;
            }

            limit = start;
            var parent = Key(content);
            if (parent is "secretGenerator" || (parent is "data" or "stringData" && HasSecretKind(text, i, KeyColumn(content))))
            {
                return true;
            }
        }

        return limit == 0 && IsUnindentedItem(text, line);
    }

    // `data: {password: hunter2}` on a line of its own.
    private static bool IsOneLineSecret(SourceText text, int line, ReadOnlySpan<char> key, int column) =>
        key is "data" or "stringData" && Line(text, line).Contains('{') && HasSecretKind(text, line, column);

    // A top-level list may stand in the same column as its key: `secretGenerator:` and then `- literals:`.
    private static bool IsUnindentedItem(SourceText text, int line)
    {
        for (var i = line; i >= 1; i--)
        {
            var content = Line(text, i);
            if (content.Length > 0 && content[0] is not (' ' or '#' or '-'))
            {
                return i != line && Key(content) is "secretGenerator";
            }
        }

        return false;
    }

    private static bool HasSecretKind(SourceText text, int line, int column)
    {
        foreach (var step in (ReadOnlySpan<int>)[-1, 1])
        {
            for (var i = line + step; i >= 1 && i <= text.LineCount; i += step)
            {
                var content = Line(text, i);
                if (content.StartsWith("---"))
                {
                    break;
                }

                var start = Indentation(content);
                if (start == content.Length || content[start] == '#')
                {
                    continue;
                }

                if (KeyColumn(content) < column)
                {
                    break;
                }

                if (KeyColumn(content) == column && Key(content) is "kind" && IsSecret(content[(content.IndexOf(':') + 1)..]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsSecret(ReadOnlySpan<char> value)
    {
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? value : value[..comment]).Trim("\"' \t\r") is "Secret";
    }

    private static TextSpan? Value(TextSpan span, ReadOnlySpan<char> content, int indentation)
    {
        var colon = content.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0 && content[^1] == ':')
        {
            return null;
        }

        var start = colon < 0 ? indentation : colon + 2;
        return TextSpan.FromBounds(span.Start + start, span.End);
    }

    private static ReadOnlySpan<char> Line(SourceText text, int line)
    {
        var span = text.GetLineSpan(line);
        return text.Content.AsSpan(span.Start, span.Length);
    }

    private static int Indentation(ReadOnlySpan<char> content) => content.Length - content.TrimStart(" \t").Length;

    private static int KeyColumn(ReadOnlySpan<char> content) => content.Length - content.TrimStart(" \t-").Length;

    private static ReadOnlySpan<char> Key(ReadOnlySpan<char> content)
    {
        var key = content.TrimStart(" \t-");
        var colon = key.IndexOf(':');
        return colon < 0 ? [] : key[..colon].Trim("\"' ");
    }
}
