using System.Collections.Immutable;

namespace KubeLint.Yaml;

/// <summary>Finds the lines in which two texts differ.</summary>
public static class LineDiff
{
    // Myers's algorithm: an edit path of D steps costs O((n + m) D) of time and O(D²) of memory. Texts that differ more are not
    // worth it: all that lies between their common beginning and end is then one change.
    private const int MaxSteps = 2000;

    /// <summary>The changes that make the right of the left, in order; nearly as few lines as can be.</summary>
    /// <param name="left">The lines of the one text.</param>
    /// <param name="right">The lines of the other.</param>
    public static List<LineChange> Find(ImmutableArray<string> left, ImmutableArray<string> right)
    {
        var prefix = 0;
        while (prefix < left.Length && prefix < right.Length && left[prefix] == right[prefix])
        {
            prefix++;
        }

        var suffix = 0;
        while (suffix < left.Length - prefix && suffix < right.Length - prefix && left[^(suffix + 1)] == right[^(suffix + 1)])
        {
            suffix++;
        }

        var n = left.Length - prefix - suffix;
        var m = right.Length - prefix - suffix;
        var trace = new List<int[]>();
        var frontier = new int[(2 * (n + m)) + 3];
        var offset = n + m + 1;
        for (var d = 0; d <= Math.Min(n + m, MaxSteps); d++)
        {
            trace.Add(frontier[(offset - d - 1)..(offset + d + 2)]);
            for (var k = -d; k <= d; k += 2)
            {
                var isDown = k == -d || (k != d && frontier[offset + k - 1] < frontier[offset + k + 1]);
                var x = isDown ? frontier[offset + k + 1] : frontier[offset + k - 1] + 1;
                var y = x - k;
                while (x < n && y < m && left[prefix + x] == right[prefix + y])
                {
                    x++;
                    y++;
                }

                frontier[offset + k] = x;
                if (x >= n && y >= m)
                {
                    return Backtrack(trace, n, m, prefix);
                }
            }
        }

        return [new LineChange(prefix, prefix + n, prefix, prefix + m)];
    }

    private static List<LineChange> Backtrack(List<int[]> trace, int n, int m, int prefix)
    {
        var changes = new List<LineChange>();
        var (x, y) = (n, m);
        for (var d = trace.Count - 1; d > 0; d--)
        {
            // A trace row holds the diagonals -d-1 … d+1 as they were before step d.
            var row = trace[d];
            var k = x - y;
            var isDown = k == -d || (k != d && row[k - 1 + d + 1] < row[k + 1 + d + 1]);
            var previousK = isDown ? k + 1 : k - 1;
            var previousX = row[previousK + d + 1];
            var previousY = previousX - previousK;
            var step = isDown
                ? new LineChange(prefix + previousX, prefix + previousX, prefix + previousY, prefix + previousY + 1)
                : new LineChange(prefix + previousX, prefix + previousX + 1, prefix + previousY, prefix + previousY);
            if (changes.Count > 0 && changes[^1].LeftStart == step.LeftEnd && changes[^1].RightStart == step.RightEnd)
            {
                changes[^1] = new LineChange(step.LeftStart, changes[^1].LeftEnd, step.RightStart, changes[^1].RightEnd);
            }
            else
            {
                changes.Add(step);
            }

            (x, y) = (previousX, previousY);
        }

        changes.Reverse();
        return changes;
    }
}

/// <summary>Lines of the left that lines of the right replace.</summary>
/// <param name="LeftStart">The first line of the left, 0-based.</param>
/// <param name="LeftEnd">The line of the left behind the last.</param>
/// <param name="RightStart">The first line of the right, 0-based.</param>
/// <param name="RightEnd">The line of the right behind the last.</param>
public readonly record struct LineChange(int LeftStart, int LeftEnd, int RightStart, int RightEnd);
