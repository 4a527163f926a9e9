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
        var changes = LineDiff.Find(left, right);
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

    private static void WriteHunk(StringBuilder text, ImmutableArray<string> left, ImmutableArray<string> right, List<LineChange> changes, int first, int last)
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
}
