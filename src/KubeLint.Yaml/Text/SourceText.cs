using System.Collections.Immutable;

namespace KubeLint.Yaml;

/// <summary>
/// A text with the place that it came from: a file, or the content of a scalar in another text (an inline patch, a
/// <c>values.yaml</c> in a ConfigMap). Immutable and safe to share between threads.
/// </summary>
public sealed class SourceText
{
    private readonly ImmutableArray<OffsetRun> runs;
    private int[]? lineStarts;

    /// <summary>A file's text.</summary>
    /// <param name="path">The path to show, with <c>/</c>, relative to the repository where that is possible.</param>
    /// <param name="content">The text without a byte order mark.</param>
    /// <param name="hasByteOrderMark">Whether the file begins with one.</param>
    public SourceText(string path, string content, bool hasByteOrderMark = false)
    {
        Path = path;
        Content = content;
        HasByteOrderMark = hasByteOrderMark;
    }

    /// <summary>The text inside a scalar of another text.</summary>
    /// <param name="parent">The text in which the scalar stands.</param>
    /// <param name="content">The scalar's value.</param>
    /// <param name="runs">How offsets of <paramref name="content"/> map to <paramref name="parent"/>, ordered.</param>
    internal SourceText(SourceText parent, string content, ImmutableArray<OffsetRun> runs)
        : this(parent.Path, content)
    {
        Parent = parent;
        this.runs = runs;
    }

    /// <summary>The path to show.</summary>
    public string Path { get; }

    /// <summary>The text; offsets refer to it.</summary>
    public string Content { get; }

    /// <summary>Whether the file begins with a byte order mark, which <see cref="Content"/> leaves out.</summary>
    public bool HasByteOrderMark { get; }

    /// <summary>The text that holds this one as a scalar; null for a file.</summary>
    public SourceText? Parent { get; }

    /// <summary>The file's text: this one, or the outermost that holds it.</summary>
    public SourceText Root => Parent is null ? this : Parent.Root;

    /// <summary>How many lines the text has; a text that ends in a line break has a last, empty line.</summary>
    public int LineCount => LineStarts.Length;

    private int[] LineStarts => lineStarts ??= FindLineStarts(Content);

    /// <summary>The line and column of an offset.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset lies outside the text.</exception>
    public LinePosition GetPosition(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Content.Length);
        var index = Array.BinarySearch(LineStarts, offset);
        var line = index >= 0 ? index : ~index - 1;
        return new LinePosition(line + 1, offset - LineStarts[line] + 1);
    }

    /// <summary>The offset of a line and column; a column behind the line's end gives its end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public int GetOffset(LinePosition position)
    {
        var span = GetLineSpan(position.Line);
        return Math.Clamp(span.Start + position.Column - 1, span.Start, span.End);
    }

    /// <summary>The range of a line (1-based), without its line break.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public TextSpan GetLineSpan(int line)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(line, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(line, LineStarts.Length);
        var start = LineStarts[line - 1];
        var end = line < LineStarts.Length ? LineStarts[line] : Content.Length;
        while (end > start && Content[end - 1] is '\n' or '\r')
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }

    /// <summary>The text of a line (1-based), without its line break.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public string GetLine(int line)
    {
        var span = GetLineSpan(line);
        return Content.Substring(span.Start, span.Length);
    }

    /// <summary>The place of a range of this text in the file.</summary>
    public Location Locate(TextSpan span)
    {
        if (Parent is null)
        {
            return new Location(this, span);
        }

        var start = ToParent(span.Start, end: false);
        var end = span.Length == 0 ? start : Math.Max(start, ToParent(span.End, end: true));
        return Parent.Locate(TextSpan.FromBounds(start, end));
    }

    private int ToParent(int offset, bool end)
    {
        // An end belongs to the run of the last code unit before it, a start to the run of the code unit at it.
        var probe = end ? offset - 1 : offset;
        int low = 0, high = runs.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (runs[middle].Inner <= probe)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        var run = runs[low];
        if (run.IsLinear)
        {
            return run.Outer + Math.Clamp(offset - run.Inner, 0, run.OuterLength);
        }

        return end ? run.Outer + run.OuterLength : run.Outer;
    }

    private static int[] FindLineStarts(string content)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < content.Length; i++)
        {
            var next = content.AsSpan(i).IndexOfAny('\n', '\r');
            if (next < 0)
            {
                break;
            }

            i += next;
            if (content[i] == '\r' && i + 1 < content.Length && content[i + 1] == '\n')
            {
                i++;
            }

            starts.Add(i + 1);
        }

        return [.. starts];
    }
}

/// <summary>A stretch of an embedded text and the stretch of the outer text that it came from.</summary>
/// <param name="Inner">Where it begins in the embedded text.</param>
/// <param name="Outer">Where it begins in the outer text.</param>
/// <param name="OuterLength">How long it is in the outer text.</param>
/// <param name="IsLinear">Whether both run in step; an escape or a fold does not.</param>
internal readonly record struct OffsetRun(int Inner, int Outer, int OuterLength, bool IsLinear);
