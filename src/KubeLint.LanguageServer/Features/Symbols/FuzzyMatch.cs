namespace KubeLint.LanguageServer.Features.Symbols;

/// <summary>Finds names by some of their letters.</summary>
internal static class FuzzyMatch
{
    /// <summary>How well a query fits, the least being best; null where it does not.</summary>
    /// <param name="query">Letters in their order, in any case; blanks say nothing.</param>
    /// <param name="name">The name.</param>
    /// <param name="whole">The name with all that may be asked for beside it.</param>
    public static int? Rank(string query, string name, string whole)
    {
        var letters = query.Replace(" ", "", StringComparison.Ordinal);
        return letters.Length == 0 || name.Equals(letters, StringComparison.OrdinalIgnoreCase) ? 0
            : name.StartsWith(letters, StringComparison.OrdinalIgnoreCase) ? 1
            : name.Contains(letters, StringComparison.OrdinalIgnoreCase) ? 2
            : IsSubsequence(letters, name) ? 3
            : IsSubsequence(letters, whole) ? 4
            : null;
    }

    private static bool IsSubsequence(string letters, string text)
    {
        var next = 0;
        foreach (var c in text)
        {
            if (next < letters.Length && char.ToUpperInvariant(c) == char.ToUpperInvariant(letters[next]))
            {
                next++;
            }
        }

        return next == letters.Length;
    }
}
