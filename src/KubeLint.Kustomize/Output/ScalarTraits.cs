namespace KubeLint.Kustomize.Output;

/// <summary>In which styles a text may be written (libyaml's analysis of a scalar, as in go-yaml's emitterc.go).</summary>
/// <param name="IsMultiline">Whether it has a line break.</param>
/// <param name="AllowsPlain">Whether it may stand without quotes.</param>
/// <param name="AllowsSingleQuotes">Whether it may stand in single quotes.</param>
/// <param name="AllowsBlock">Whether it may stand in a block.</param>
internal readonly record struct ScalarTraits(bool IsMultiline, bool AllowsPlain, bool AllowsSingleQuotes, bool AllowsBlock)
{
    public static ScalarTraits Of(string value)
    {
        if (value.Length == 0)
        {
            return new(false, true, true, false);
        }

        var hasIndicators = HasLeadingIndicator(value);
        bool hasBreaks = false, hasSpecial = false, breakThenSpace = false, spaceThenBreak = false;
        bool afterSpace = false, afterBreak = false, afterBlank = true;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (i > 0 && ((c == ':' && IsBlankOrEnd(value, i + 1)) || (c == '#' && afterBlank)))
            {
                hasIndicators = true;
            }

            hasSpecial |= !IsPrintable(c);
            var isBreak = IsBreak(c);
            if (c == ' ')
            {
                breakThenSpace |= afterBreak;
            }
            else if (isBreak)
            {
                hasBreaks = true;
                spaceThenBreak |= afterSpace;
            }

            afterSpace = c == ' ';
            afterBreak = isBreak;
            afterBlank = isBreak || c is ' ' or '\t' or '\0';
        }

        var mustQuoteEnds = value[0] == ' ' || IsBreak(value[0]) || value[^1] == ' ' || IsBreak(value[^1]);
        var mustEscape = spaceThenBreak || hasSpecial;
        return new(
            hasBreaks,
            AllowsPlain: !mustQuoteEnds && !breakThenSpace && !mustEscape && !hasBreaks && !hasIndicators,
            AllowsSingleQuotes: !breakThenSpace && !mustEscape,
            AllowsBlock: value[^1] != ' ' && !mustEscape);
    }

    /// <summary>Whether YAML 1.1 takes the code unit for a line break.</summary>
    public static bool IsBreak(char c) => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    /// <summary>Whether the code unit may be written as it is. What lies beyond the first 65,536 code points may not.</summary>
    public static bool IsPrintable(char c) =>
        c is '\n' or (>= ' ' and <= '~') or (>= '\u00A0' and <= '\uD7FF') or (>= '\uE000' and <= '\uFFFD' and not '\uFEFF');

    private static bool HasLeadingIndicator(string value)
    {
        if (value.StartsWith("---", StringComparison.Ordinal) || value.StartsWith("...", StringComparison.Ordinal))
        {
            return true;
        }

        return value[0] switch
        {
            '#' or ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => true,
            '?' or ':' or '-' => IsBlankOrEnd(value, 1),
            _ => false,
        };
    }

    private static bool IsBlankOrEnd(string value, int index) => index >= value.Length || value[index] is ' ' or '\t';
}
