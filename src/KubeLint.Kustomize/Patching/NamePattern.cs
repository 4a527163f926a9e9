using System.Buffers;
using System.Text.RegularExpressions;

namespace KubeLint.Kustomize.Patching;

/// <summary>A regular expression that a whole text must match, as kustomize's selectors hold them; the empty one matches all.</summary>
internal sealed class NamePattern
{
    // A dot is in every API group, and an expression without backtracking costs more to make than a whole build.
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/:@.|*");

    private static readonly NamePattern Any = new("", [], null);

    private readonly string text;
    private readonly string[] alternatives;
    private readonly Regex? regex;

    private NamePattern(string text, string[] alternatives, Regex? regex)
    {
        this.text = text;
        this.alternatives = alternatives;
        this.regex = regex;
    }

    /// <summary>Whether the pattern asks for nothing.</summary>
    public bool IsEmpty => text.Length == 0;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">It is no regular expression, or one beyond Go's syntax.</exception>
    public static NamePattern Parse(string text)
    {
        if (text.Length == 0)
        {
            return Any;
        }

        if (IsSimple(text))
        {
            return new NamePattern(text, text.Split('|'), null);
        }

        try
        {
            // Go names groups in another way. The engine without backtracking takes time linear in the text, as Go's does.
            var pattern = $"^(?:{text.Replace("(?P<", "(?<", StringComparison.Ordinal)})\\z";
            return new NamePattern(text, [], new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'{text}' is no regular expression: {error.Message}", error);
        }
    }

    public bool IsMatch(string value)
    {
        if (IsEmpty)
        {
            return true;
        }

        if (regex is not null)
        {
            return regex.IsMatch(value);
        }

        foreach (var alternative in alternatives)
        {
            if (Matches(alternative, value))
            {
                return true;
            }
        }

        return false;
    }

    // Characters that stand for themselves, `.`, `.*`, and alternatives of these.
    private static bool IsSimple(string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Plain))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '*' && (i == 0 || text[i - 1] != '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Matches(string pattern, string value)
    {
        // Where `.*` began to take text, and how much it has taken: it takes one more where the rest does not fit.
        var (at, next, star, taken) = (0, 0, -1, 0);
        while (at < value.Length)
        {
            var isStar = next + 1 < pattern.Length && pattern[next + 1] == '*';
            if (isStar)
            {
                star = next += 2;
                taken = at;
            }
            else if (next < pattern.Length && (pattern[next] == '.' ? value[at] != '\n' : pattern[next] == value[at]))
            {
                at++;
                next++;
            }
            else if (star >= 0 && value[taken] != '\n')
            {
                next = star;
                at = ++taken;
            }
            else
            {
                return false;
            }
        }

        while (next + 1 < pattern.Length && pattern[next + 1] == '*')
        {
            next += 2;
        }

        return next == pattern.Length;
    }
}
