namespace KubeLint.Flux;

/// <summary>
/// File name patterns as Flux's envsubst has them (https://github.com/fluxcd/pkg/blob/main/envsubst/path/match.go): <c>*</c> any text, <c>?</c> any character,
/// <c>[a-z]</c>, <c>[^a-z]</c>, <c>\c</c>.
/// </summary>
internal static class ShellPattern
{
    /// <summary>Whether the pattern matches all of the text; null where it is no pattern.</summary>
    public static bool? Match(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        // The last star and the text that it has taken so far: enough to go back to, since an earlier star can only take less.
        var position = 0;
        var at = 0;
        var star = -1;
        var taken = 0;
        while (true)
        {
            if (position < pattern.Length && pattern[position] == '*')
            {
                star = ++position;
                taken = at;
                if (star == pattern.Length)
                {
                    return true;
                }

                continue;
            }

            if (position == pattern.Length && at == text.Length)
            {
                return true;
            }

            var next = position;
            bool? one = position < pattern.Length && at < text.Length ? MatchOne(pattern, ref next, text[at]) : false;
            if (one is null)
            {
                return null;
            }

            if (one.Value)
            {
                position = next;
                at++;
            }
            else if (star >= 0 && taken < text.Length)
            {
                position = star;
                at = ++taken;
            }
            else
            {
                return false;
            }
        }
    }

    private static bool? MatchOne(ReadOnlySpan<char> pattern, ref int position, char c)
    {
        switch (pattern[position])
        {
            case '?':
                position++;
                return true;
            case '[':
                return MatchClass(pattern, ref position, c);
            case '\\':
                if (position + 1 == pattern.Length)
                {
                    return null;
                }

                position += 2;
                return pattern[position - 1] == c;
            default:
                return pattern[position++] == c;
        }
    }

    private static bool? MatchClass(ReadOnlySpan<char> pattern, ref int position, char c)
    {
        position++;
        var negated = position < pattern.Length && pattern[position] == '^';
        position += negated ? 1 : 0;
        var found = false;
        for (var ranges = 0; ; ranges++)
        {
            if (position < pattern.Length && pattern[position] == ']' && ranges > 0)
            {
                position++;
                return found != negated;
            }

            if (ClassCharacter(pattern, ref position) is not { } low)
            {
                return null;
            }

            var high = low;
            if (pattern[position] == '-')
            {
                position++;
                if (ClassCharacter(pattern, ref position) is not { } end)
                {
                    return null;
                }

                high = end;
            }

            found |= low <= c && c <= high;
        }
    }

    // A character of a class; something must follow it.
    private static char? ClassCharacter(ReadOnlySpan<char> pattern, ref int position)
    {
        if (position < pattern.Length && pattern[position] == '\\')
        {
            position++;
        }
        else if (position < pattern.Length && pattern[position] is '-' or ']')
        {
            return null;
        }

        return position + 1 < pattern.Length ? pattern[position++] : null;
    }
}
