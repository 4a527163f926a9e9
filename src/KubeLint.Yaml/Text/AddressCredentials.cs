using System.Buffers;
using System.Text;

namespace KubeLint.Yaml;

/// <summary>Users with passwords, and tokens, in addresses: <c>https://user:password@host</c>. They are shown nowhere.</summary>
public static class AddressCredentials
{
    // A name alone, as in ssh://git@host, is no secret; a token is long.
    private const int LongestName = 20;
    private const string Shown = "***";
    private static readonly SearchValues<char> Ends = SearchValues.Create("/?# \"'\n");

    /// <summary>The first range of a text that holds credentials; null where none does.</summary>
    public static TextSpan? Find(ReadOnlySpan<char> text)
    {
        for (var at = 0; text[at..].IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme;)
        {
            at += scheme + 3;
            var authority = text[at..];
            var end = authority.IndexOfAny(Ends);
            var length = (end < 0 ? authority : authority[..end]).LastIndexOf('@');
            if (length > LongestName || (length > 0 && authority[..length].Contains(':')))
            {
                return new TextSpan(at, length);
            }
        }

        return null;
    }

    /// <summary>The text without them.</summary>
    public static string Mask(string text)
    {
        if (Find(text) is null)
        {
            return text;
        }

        var result = new StringBuilder();
        var at = 0;
        for (var found = Find(text); found is { } range; found = Find(text.AsSpan(at)))
        {
            result.Append(text, at, range.Start).Append(Shown);
            at += range.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
