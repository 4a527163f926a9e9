namespace KubeLint.Analysis;

/// <summary>Finds what a mistyped name was meant to be.</summary>
public static class NearestName
{
    /// <summary>The candidate with the fewest changed letters; null where none is near enough to be meant.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="candidates">What would be right.</param>
    public static string? Find(string text, IEnumerable<string> candidates)
    {
        string? best = null;
        var limit = Math.Max(2, text.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(text, candidate, limit);
            if (distance < limit)
            {
                best = candidate;
                limit = distance;
            }
        }

        return best;
    }

    // Levenshtein's distance in one row; gives up at the limit. Letter case counts for nothing.
    private static int Distance(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) >= limit)
        {
            return limit;
        }

        var row = new int[right.Length + 1];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
                var substituted = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
