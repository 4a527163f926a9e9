namespace KubeLint.Yaml;

/// <summary>Finds what a misspelt name probably means.</summary>
public static class NearestName
{
    private const int MaxLength = 128;

    /// <summary>The candidate that is fewest edits away, the first of several; null where none is near.</summary>
    /// <param name="name">The name as it was given.</param>
    /// <param name="candidates">The names that exist.</param>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        // A third of the letters may be wrong: more than that is another word.
        var bestDistance = Math.Min(Math.Max(1, name.Length / 3) + 1, name.Length);
        string? best = null;
        foreach (var candidate in candidates)
        {
            if (candidate.Length > MaxLength || name.Length > MaxLength || Math.Abs(candidate.Length - name.Length) >= bestDistance)
            {
                continue;
            }

            var distance = Distance(name, candidate);
            if (distance < bestDistance)
            {
                bestDistance = distance;
                best = candidate;
            }
        }

        return best;
    }

    // Levenshtein's distance; letters that differ only in case are equal, so that such a name is always the nearest.
    private static int Distance(string left, string right)
    {
        Span<int> row = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1;
                var next = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
                diagonal = row[j];
                row[j] = next;
            }
        }

        return row[right.Length];
    }
}
