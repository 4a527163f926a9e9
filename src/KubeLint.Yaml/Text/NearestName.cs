using System.Numerics;

namespace KubeLint.Yaml;

/// <summary>Finds what a misspelt name probably means.</summary>
public static class NearestName
{
    private const int MaxLength = 128;

    /// <summary>The candidate that is fewest edits away, the first of several; null where none is near.</summary>
    /// <param name="name">The name as it was given.</param>
    /// <param name="candidates">The names that exist.</param>
    public static string? Find(string name, IEnumerable<string> candidates) => Find(name, [.. candidates.Select(candidate => new Candidate(candidate))]);

    /// <summary>The same among candidates that are asked for many names.</summary>
    /// <param name="name">The name as it was given.</param>
    /// <param name="candidates">The names that exist.</param>
    public static string? Find(string name, ReadOnlySpan<Candidate> candidates)
    {
        // A third of the letters may be wrong: more than that is another word.
        var bestDistance = Math.Min(Math.Max(1, name.Length / 3) + 1, name.Length);
        string? best = null;
        var letters = new Candidate(name).Letters;
        foreach (var candidate in candidates)
        {
            var text = candidate.Name;
            if (text.Length > MaxLength || name.Length > MaxLength || Math.Abs(text.Length - name.Length) >= bestDistance)
            {
                continue;
            }

            // Each letter that only one of them has is an edit: most candidates need no closer look.
            if (BitOperations.PopCount(letters & ~candidate.Letters) >= bestDistance || BitOperations.PopCount(candidate.Letters & ~letters) >= bestDistance)
            {
                continue;
            }

            var distance = Distance(name, text, bestDistance);
            if (distance < bestDistance)
            {
                bestDistance = distance;
                best = text;
            }
        }

        return best;
    }

    // Levenshtein's distance, or the limit where it is no less; letters that differ only in case are equal, so that such a name is always the nearest.
    private static int Distance(string left, string right, int limit)
    {
        Span<int> row = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            var least = row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1;
                var next = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
                diagonal = row[j];
                row[j] = next;
                least = Math.Min(least, next);
            }

            if (least >= limit)
            {
                return limit;
            }
        }

        return row[right.Length];
    }

    /// <summary>A name that exists.</summary>
    /// <param name="name">The name.</param>
    public readonly struct Candidate(string name)
    {
        /// <summary>The name.</summary>
        public string Name { get; } = name;

        // One bit for each letter that is in the name, some for several letters, whatever their case.
        internal ulong Letters { get; } = LettersOf(name);

        private static ulong LettersOf(string name)
        {
            var letters = 0UL;
            foreach (var letter in name)
            {
                letters |= 1UL << (char.ToUpperInvariant(letter) & 63);
            }

            return letters;
        }
    }
}
