using System.Buffers;
using System.Text.RegularExpressions;

namespace KubeLint.Kustomize.Patching;

/// <summary>A regular expression that a whole text must match, as kustomize's selectors hold them; the empty one matches all.</summary>
internal sealed class NamePattern
{
    private static readonly SearchValues<char> Meta = SearchValues.Create(@"\^$.|?*+()[]{}");

    private readonly string text;
    private readonly Regex? regex;

    private NamePattern(string text, Regex? regex)
    {
        this.text = text;
        this.regex = regex;
    }

    /// <summary>Whether the pattern asks for nothing.</summary>
    public bool IsEmpty => text.Length == 0;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">It is no regular expression, or one beyond Go's syntax.</exception>
    public static NamePattern Parse(string text)
    {
        if (!text.AsSpan().ContainsAny(Meta))
        {
            return new NamePattern(text, null);
        }

        try
        {
            // Go names groups in another way. The engine without backtracking takes time linear in the text, as Go's does.
            var pattern = $"^(?:{text.Replace("(?P<", "(?<", StringComparison.Ordinal)})\\z";
            return new NamePattern(text, new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'{text}' is no regular expression: {error.Message}", error);
        }
    }

    public bool IsMatch(string value) => IsEmpty || (regex?.IsMatch(value) ?? text == value);
}
