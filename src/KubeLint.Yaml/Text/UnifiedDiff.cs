using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace KubeLint.Yaml;

/// <summary>The difference of two texts as <c>git apply</c> takes it.</summary>
/// <param name="Text">The difference, with file headers; empty where there is nothing to show.</param>
/// <param name="HiddenCount">How many changes are left out because a line would be shown that must not be.</param>
public sealed record UnifiedDiff(string Text, int HiddenCount)
{
    private const int Context = 3;

    /// <summary>The difference of a file's bytes before and after, as UTF-8.</summary>
    /// <param name="path">The path relative to the repository, with <c>/</c>.</param>
    /// <param name="before">The bytes before.</param>
    /// <param name="after">The bytes after.</param>
    /// <param name="isHidden">Whether a line (1-based) of a text must not be shown. Fewer lines then stand around a change.</param>
    public static UnifiedDiff Create(string path, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, Func<SourceText, int, bool> isHidden) =>
        Create(path, Encoding.UTF8.GetString(before), Encoding.UTF8.GetString(after), isHidden);

    /// <summary>The difference of two texts.</summary>
    /// <param name="path">The path relative to the repository, with <c>/</c>.</param>
    /// <param name="before">The text before.</param>
    /// <param name="after">The text after.</param>
    /// <param name="isHidden">Whether a line (1-based) of a text must not be shown. Fewer lines then stand around a change.</param>
    public static UnifiedDiff Create(string path, string before, string after, Func<SourceText, int, bool> isHidden)
    {
        var writer = new Writer(new Side(path, before, isHidden), new Side(path, after, isHidden));
        var changes = LineDiff.Find(writer.Left.Lines, writer.Right.Lines);
        for (var first = 0; first < changes.Count;)
        {
            var last = first;
            while (last + 1 < changes.Count && changes[last + 1].LeftStart - changes[last].LeftEnd <= 2 * Context
                && !writer.Left.HidesAny(changes[last].LeftEnd, changes[last + 1].LeftStart))
            {
                last++;
            }

            writer.WriteHunk(changes, first, last);
            first = last + 1;
        }

        var hunks = writer.Text.ToString();
        return new UnifiedDiff(hunks.Length == 0 ? "" : $"--- {Name("a/" + path)}\n+++ {Name("b/" + path)}\n{hunks}", writer.HiddenCount);
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

    // One of the two texts, by lines. Line ends belong to the line: a CRLF that stays is no change.
    private sealed class Side
    {
        private readonly SourceText text;
        private readonly ImmutableArray<int> starts;
        private readonly Func<SourceText, int, bool> isHidden;

        public Side(string path, string content, Func<SourceText, int, bool> isHidden)
        {
            this.isHidden = isHidden;

            // A byte order mark is no part of what a line says, but of the line that is written; it takes one letter here.
            text = new SourceText(path, content.StartsWith('\uFEFF') ? ' ' + content[1..] : content);
            var lines = ImmutableArray.CreateBuilder<string>();
            var offsets = ImmutableArray.CreateBuilder<int>();
            for (var start = 0; start < content.Length;)
            {
                var end = content.IndexOf('\n', start);
                end = end < 0 ? content.Length : end + 1;
                lines.Add(content[start..end]);
                offsets.Add(start);
                start = end;
            }

            Lines = lines.ToImmutable();
            offsets.Add(content.Length);
            starts = offsets.ToImmutable();
        }

        public ImmutableArray<string> Lines { get; }

        /// <summary>Whether one of the lines (0-based, the end exclusive) must not be shown.</summary>
        public bool HidesAny(int start, int end)
        {
            for (var i = start; i < end; i++)
            {
                if (Hides(i))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Whether the line (0-based) must not be shown.</summary>
        public bool Hides(int index)
        {
            // To git a carriage return alone ends no line, to YAML it does.
            var last = text.GetPosition(starts[index + 1] - 1).Line;
            for (var line = text.GetPosition(starts[index]).Line; line <= last; line++)
            {
                if (isHidden(text, line))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class Writer(Side left, Side right)
    {
        // By how much the lines of the right are moved by changes that are left out.
        private int shift;

        public Side Left { get; } = left;

        public Side Right { get; } = right;

        public StringBuilder Text { get; } = new();

        public int HiddenCount { get; private set; }

        public void WriteHunk(List<LineChange> changes, int first, int last)
        {
            var leftStart = changes[first].LeftStart;
            while (leftStart > 0 && changes[first].LeftStart - leftStart < Context && !Left.Hides(leftStart - 1))
            {
                leftStart--;
            }

            var leftEnd = changes[last].LeftEnd;
            while (leftEnd < Left.Lines.Length && leftEnd - changes[last].LeftEnd < Context && !Left.Hides(leftEnd))
            {
                leftEnd++;
            }

            var rightStart = changes[first].RightStart - (changes[first].LeftStart - leftStart);
            var rightEnd = changes[last].RightEnd + (leftEnd - changes[last].LeftEnd);

            // Without a line behind the change git takes it for the file's end.
            var isAnchored = leftEnd > changes[last].LeftEnd || leftEnd == Left.Lines.Length;
            if (!isAnchored || changes[first..(last + 1)].Exists(change => Left.HidesAny(change.LeftStart, change.LeftEnd) || Right.HidesAny(change.RightStart, change.RightEnd)))
            {
                HiddenCount++;
                shift += rightEnd - rightStart - (leftEnd - leftStart);
                return;
            }

            Text.Append(CultureInfo.InvariantCulture, $"@@ -{Range(leftStart, leftEnd)} +{Range(rightStart - shift, rightEnd - shift)} @@\n");
            var position = leftStart;
            for (var i = first; i <= last; i++)
            {
                WriteLines(' ', Left, position, changes[i].LeftStart);
                WriteLines('-', Left, changes[i].LeftStart, changes[i].LeftEnd);
                WriteLines('+', Right, changes[i].RightStart, changes[i].RightEnd);
                position = changes[i].LeftEnd;
            }

            WriteLines(' ', Left, position, leftEnd);
        }

        private void WriteLines(char mark, Side side, int start, int end)
        {
            for (var i = start; i < end; i++)
            {
                Text.Append(mark).Append(side.Lines[i]);
                if (!side.Lines[i].EndsWith('\n'))
                {
                    Text.Append("\n\\ No newline at end of file\n");
                }
            }
        }
    }
}
