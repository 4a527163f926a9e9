namespace KubeLint.Flux;

/// <summary>
/// A glob over paths with <c>/</c>, in git's words (https://git-scm.com/docs/gitignore): <c>*</c> and <c>?</c> stay within
/// a name, <c>**</c> as a whole name means any depth, <c>[a-z]</c> and <c>[!a]</c> are sets, <c>\</c> takes the next
/// character literally. Matching takes at most the product of both lengths, whatever the pattern.
/// </summary>
public sealed class GlobPattern
{
    private const string AnyDepth = "**";

    private readonly string[] segments;

    /// <summary>A pattern that must match a whole path.</summary>
    public GlobPattern(string pattern)
    {
        Pattern = pattern;
        segments = pattern.Split('/');
    }

    /// <summary>The pattern as given.</summary>
    public string Pattern { get; }

    /// <summary>Whether a text has a character that means something else in a glob.</summary>
    public static bool HasWildcard(string text) => text.AsSpan().IndexOfAny("*?[") >= 0;

    /// <summary>Whether the whole path matches.</summary>
    public bool IsMatch(ReadOnlySpan<char> path)
    {
        // The last "**" may always take one name more; earlier ones need no second try.
        int segment = 0, start = 0, retrySegment = -1, retryStart = 0;
        while (start <= path.Length)
        {
            if (segment < segments.Length && segments[segment] == AnyDepth)
            {
                if (segment == segments.Length - 1)
                {
                    return true;
                }

                retrySegment = ++segment;
                retryStart = start;
                continue;
            }

            var end = NameEnd(path, start);
            if (segment < segments.Length && IsNameMatch(segments[segment], path[start..end]))
            {
                segment++;
                start = end + 1;
            }
            else if (retrySegment >= 0)
            {
                retryStart = NameEnd(path, retryStart) + 1;
                segment = retrySegment;
                start = retryStart;
            }
            else
            {
                return false;
            }
        }

        return segment == segments.Length;
    }

    private static int NameEnd(ReadOnlySpan<char> path, int start)
    {
        var slash = path[start..].IndexOf('/');
        return slash < 0 ? path.Length : start + slash;
    }

    private static bool IsNameMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, retryPattern = -1, retryName = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                retryPattern = ++p;
                retryName = n;
            }
            else if (p < pattern.Length && TryMatchOne(pattern, ref p, name[n]))
            {
                n++;
            }
            else if (retryPattern >= 0)
            {
                p = retryPattern;
                n = ++retryName;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].Trim('*').IsEmpty;
    }

    // Moves behind the pattern's element where it matches.
    private static bool TryMatchOne(ReadOnlySpan<char> pattern, ref int position, char c)
    {
        switch (pattern[position])
        {
            case '?':
                position++;
                return true;
            case '[':
                return TryMatchSet(pattern, ref position, c);
            case '\\' when position + 1 < pattern.Length:
                if (pattern[position + 1] != c)
                {
                    return false;
                }

                position += 2;
                return true;
            default:
                if (pattern[position] != c)
                {
                    return false;
                }

                position++;
                return true;
        }
    }

    private static bool TryMatchSet(ReadOnlySpan<char> pattern, ref int position, char c)
    {
        var i = position + 1;
        var isNegated = i < pattern.Length && pattern[i] is '!' or '^';
        i += isNegated ? 1 : 0;
        var first = i;
        var isIn = false;
        while (i < pattern.Length && (pattern[i] != ']' || i == first))
        {
            if (pattern[i..].StartsWith("[:") && pattern[i..].IndexOf(":]") is > 0 and var classEnd)
            {
                isIn |= IsInClass(pattern.Slice(i + 2, classEnd - 2), c);
                i += classEnd + 2;
                continue;
            }

            var low = ReadSetCharacter(pattern, ref i);
            var high = low;
            if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
            {
                i++;
                high = ReadSetCharacter(pattern, ref i);
            }

            isIn |= c >= low && c <= high;
        }

        if (i >= pattern.Length || isIn == isNegated)
        {
            // A set without an end matches nothing.
            return false;
        }

        position = i + 1;
        return true;
    }

    private static char ReadSetCharacter(ReadOnlySpan<char> pattern, ref int position)
    {
        if (pattern[position] == '\\' && position + 1 < pattern.Length)
        {
            position++;
        }

        return pattern[position++];
    }

    private static bool IsInClass(ReadOnlySpan<char> name, char c) => name switch
    {
        "alnum" => char.IsAsciiLetterOrDigit(c),
        "alpha" => char.IsAsciiLetter(c),
        "blank" => c is ' ' or '\t',
        "cntrl" => char.IsControl(c),
        "digit" => char.IsAsciiDigit(c),
        "graph" => c is > ' ' and <= '~',
        "lower" => char.IsAsciiLetterLower(c),
        "print" => c is >= ' ' and <= '~',
        "punct" => c is > ' ' and <= '~' && !char.IsAsciiLetterOrDigit(c),
        "space" => c is ' ' or (>= '\t' and <= '\r'),
        "upper" => char.IsAsciiLetterUpper(c),
        "xdigit" => char.IsAsciiHexDigit(c),
        _ => false,
    };
}
