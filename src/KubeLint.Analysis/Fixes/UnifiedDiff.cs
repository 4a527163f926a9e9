using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace KubeLint.Analysis;

/// <summary>Writes the difference of two texts as <c>git apply</c> takes it.</summary>
public static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The difference, with file headers; empty where the texts are equal.</summary>
    /// <param name="path">The path relative to the repository, with <c>/</c>.</param>
    /// <param name="before">The bytes before, as UTF-8.</param>
    /// <param name="after">The bytes after, as UTF-8.</param>
    public static string Create(string path, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var left = Lines(Encoding.UTF8.GetString(before));
        var right = Lines(Encoding.UTF8.GetString(after));
        var changes = FindChanges(left, right);
        if (changes.Count == 0)
        {
            return "";
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"--- {Name("a/" + path)}\n+++ {Name("b/" + path)}\n");
        for (var first = 0; first < changes.Count;)
        {
            var last = first;
            while (last + 1 < changes.Count && changes[last + 1].LeftStart - changes[last].LeftEnd <= 2 * Context)
            {
                last++;
            }

            WriteHunk(text, left, right, changes, first, last);
            first = last + 1;
        }

        return text.ToString();
    }

    // Line ends belong to the line: a CRLF that stays is no change.
    private static ImmutableArray<string> Lines(string text)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines.ToImmutable();
    }

    private static void WriteHunk(StringBuilder text, ImmutableArray<string> left, ImmutableArray<string> right, List<Change> changes, int first, int last)
    {
        var leftStart = Math.Max(0, changes[first].LeftStart - Context);
        var leftEnd = Math.Min(left.Length, changes[last].LeftEnd + Context);
        var rightStart = changes[first].RightStart - (changes[first].LeftStart - leftStart);
        var rightEnd = changes[last].RightEnd + (leftEnd - changes[last].LeftEnd);
        text.Append(CultureInfo.InvariantCulture, $"@@ -{Range(leftStart, leftEnd)} +{Range(rightStart, rightEnd)} @@\n");
        var position = leftStart;
        for (var i = first; i <= last; i++)
        {
            WriteLines(text, ' ', left, position, changes[i].LeftStart);
            WriteLines(text, '-', left, changes[i].LeftStart, changes[i].LeftEnd);
            WriteLines(text, '+', right, changes[i].RightStart, changes[i].RightEnd);
            position = changes[i].LeftEnd;
        }

        WriteLines(text, ' ', left, position, leftEnd);
    }

    private static void WriteLines(StringBuilder text, char mark, ImmutableArray<string> lines, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            text.Append(mark).Append(lines[i]);
            if (!lines[i].EndsWith('\n'))
            {
                text.Append("\n\\ No newline at end of file\n");
            }
        }
    }

    // An empty range is told by the line before it.
    private static string Range(int start, int end) => (end - start) switch
    {
        0 => $"{start},0",
        1 => $"{start + 1}",
        var count => $"{start + 1},{count}",
    };

    // git quotes names with control characters, quotes or backslashes.
    private static string Name(string path)
    {
        if (!path.Any(letter => letter is < ' ' or '"' or '\\' or '\x7f'))
        {
            return path;
        }

        var quoted = new StringBuilder("\"");
        foreach (var letter in path)
        {
            _ = letter switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                < ' ' or '\x7f' => quoted.Append('\\').Append(Convert.ToString(letter, 8).PadLeft(3, '0')),
                _ => quoted.Append(letter),
            };
        }

        return quoted.Append('"').ToString();
    }

    // Myers's algorithm: an edit path of D steps costs O((n + m) D), and fixes change few lines.
    private static List<Change> FindChanges(ImmutableArray<string> left, ImmutableArray<string> right)
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
        for (var d = 0; d <= n + m; d++)
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

        return [];
    }

    private static List<Change> Backtrack(List<int[]> trace, int n, int m, int prefix)
    {
        var changes = new List<Change>();
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
                ? new Change(prefix + previousX, prefix + previousX, prefix + previousY, prefix + previousY + 1)
                : new Change(prefix + previousX, prefix + previousX + 1, prefix + previousY, prefix + previousY);
            if (changes.Count > 0 && changes[^1].LeftStart == step.LeftEnd && changes[^1].RightStart == step.RightEnd)
            {
                changes[^1] = new Change(step.LeftStart, changes[^1].LeftEnd, step.RightStart, changes[^1].RightEnd);
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

    /// <summary>Lines of the left that lines of the right replace; ends are exclusive.</summary>
    private readonly record struct Change(int LeftStart, int LeftEnd, int RightStart, int RightEnd);
}
