namespace KubeLint.Flux.Images;

/// <summary>
/// Finds what is filled in later: <c>${VAR}</c> (Flux's substitution), <c>{{ … }}</c> (Helm and other templates) and
/// <c>$(x)</c> (Kubernetes' own expansion, Tekton, Azure).
/// </summary>
internal static class TemplateMask
{
    /// <summary>The text with each code unit of an expression replaced; the text itself where it has none.</summary>
    public static ReadOnlySpan<char> Apply(string text, char mask)
    {
        if (text.AsSpan().IndexOfAny('$', '{') < 0)
        {
            return text;
        }

        var masked = text.ToCharArray();
        for (var i = 0; i < masked.Length; i++)
        {
            var end = EndOfExpression(text, i);
            if (end > i)
            {
                masked.AsSpan(i, end - i).Fill(mask);
                i = end - 1;
            }
        }

        return masked;
    }

    /// <summary>Whether the text holds an expression.</summary>
    public static bool IsIn(string text)
    {
        for (var i = text.AsSpan().IndexOfAny('$', '{'); i >= 0 && i < text.Length; i++)
        {
            if (EndOfExpression(text, i) > i)
            {
                return true;
            }
        }

        return false;
    }

    private static int EndOfExpression(string text, int start)
    {
        var (open, close) = text.AsSpan(start) switch
        {
            ['$', '{', '{', ..] => ("${{", "}}"),
            ['$', '{', ..] => ("${", "}"),
            ['{', '{', ..] => ("{{", "}}"),
            ['$', '(', ..] => ("$(", ")"),
            _ => ("", ""),
        };
        if (open.Length == 0)
        {
            return start;
        }

        // `${A:=${B}}`: the closing brace of the inner one does not close the outer one.
        var depth = 1;
        var i = start + open.Length;
        while (i < text.Length)
        {
            if (string.CompareOrdinal(text, i, open, 0, open.Length) == 0)
            {
                depth++;
                i += open.Length;
            }
            else if (string.CompareOrdinal(text, i, close, 0, close.Length) == 0)
            {
                i += close.Length;
                if (--depth == 0)
                {
                    return i;
                }
            }
            else
            {
                i++;
            }
        }

        return start;
    }
}
