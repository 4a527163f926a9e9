using System.Globalization;
using System.Text;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Reporting;

/// <summary>One line of a source text laid out for a terminal: what to print, and the column of every offset.</summary>
internal sealed class SourceLine
{
    private const int TabWidth = 4;
    private const string Hidden = "***";
    private const string Cut = "…";

    private readonly List<Cell> cells = [];
    private readonly int end;

    private SourceLine(int end) => this.end = end;

    /// <summary>The text to print; nothing in it is obeyed by a terminal, and Secrets' values are hidden.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Whether it has nothing to show.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    /// <summary>Lays out a line (1-based) of a text.</summary>
    public static SourceLine Create(SourceText text, int line)
    {
        var span = text.GetLineSpan(line);
        var hidden = SecretLines.Find(text, line);
        var result = new SourceLine(span.End);
        var column = 0;
        for (var offset = span.Start; offset < span.End;)
        {
            if (offset == hidden?.Start)
            {
                result.cells.Add(new Cell(offset, hidden.Value.End, Hidden, column, Hidden.Length));
                column += Hidden.Length;
                offset = hidden.Value.End;
                continue;
            }

            var stop = hidden is { } range && offset < range.Start ? range.Start : span.End;
            var rest = text.Content.AsSpan(offset, stop - offset);
            var cell = NextCell(rest, offset, column);
            result.cells.Add(cell);
            column += cell.Width;
            offset = cell.End;
        }

        result.Text = string.Concat(result.cells.Select(cell => cell.Text)).TrimEnd();
        return result;
    }

    /// <summary>The columns (0-based, end exclusive) that a range of offsets takes; at least one column.</summary>
    public (int Start, int End) Columns(int start, int stop)
    {
        var first = Column(start);
        return (first, Math.Max(first + 1, Column(Math.Min(stop, end))));
    }

    /// <summary>Shortens the line to a width around a range of columns, and returns where that range stands then.</summary>
    public (int Start, int End) Fit((int Start, int End) columns, int width)
    {
        var total = cells.Count == 0 ? 0 : cells[^1].Column + cells[^1].Width;
        if (total <= width || width < 2 * Cut.Length + 1)
        {
            return columns;
        }

        // A third of the room goes to what stands before the range: the key explains the value.
        var lead = Math.Max(0, Math.Min(columns.Start - width / 3, total - width));
        var isCutBefore = lead > 0;
        var from = isCutBefore ? lead + 1 : 0;
        var to = from + width - (isCutBefore ? 1 : 0);
        var isCutAfter = to < total;
        to -= isCutAfter ? 1 : 0;
        var shown = new StringBuilder(isCutBefore ? Cut : "");
        var firstColumn = -1;
        var lastColumn = from;
        foreach (var cell in cells)
        {
            if (cell.Column >= from && cell.Column + cell.Width <= to)
            {
                firstColumn = firstColumn < 0 ? cell.Column : firstColumn;
                lastColumn = cell.Column + cell.Width;
                shown.Append(cell.Text);
            }
        }

        Text = shown.Append(isCutAfter ? Cut : "").ToString().TrimEnd();
        var shift = (firstColumn < 0 ? from : firstColumn) - (isCutBefore ? 1 : 0);
        var start = Math.Max(0, columns.Start - shift);
        return (start, Math.Max(start + 1, Math.Min(columns.End, lastColumn + (isCutAfter ? 1 : 0)) - shift));
    }

    private int Column(int offset)
    {
        foreach (var cell in cells)
        {
            if (offset < cell.End)
            {
                return cell.Column;
            }
        }

        return cells.Count == 0 ? 0 : cells[^1].Column + cells[^1].Width;
    }

    private static Cell NextCell(ReadOnlySpan<char> rest, int offset, int column)
    {
        if (rest[0] == '\t')
        {
            var width = TabWidth - column % TabWidth;
            return new Cell(offset, offset + 1, new string(' ', width), column, width);
        }

        if (rest[0] is >= ' ' and <= '~' && (rest.Length == 1 || rest[1] <= '~'))
        {
            return new Cell(offset, offset + 1, rest[0].ToString(), column, 1);
        }

        _ = Rune.DecodeFromUtf16(rest, out var rune, out var consumed);
        if (DisplayText.IsUnsafe(rest[0], rune))
        {
            var escape = new StringBuilder();
            DisplayText.AppendEscape(escape, rune.IsBmp ? rest[0] : rune.Value);
            return new Cell(offset, offset + consumed, escape.ToString(), column, escape.Length);
        }

        // A cluster ends before an unsafe character, which must stay visible on its own.
        var length = StringInfo.GetNextTextElementLength(rest);
        for (var i = consumed; i < length; i += consumed)
        {
            _ = Rune.DecodeFromUtf16(rest[i..], out rune, out consumed);
            if (DisplayText.IsUnsafe(rest[i], rune))
            {
                length = i;
                break;
            }
        }

        var element = rest[..length];
        return new Cell(offset, offset + length, element.ToString(), column, DisplayText.Width(element));
    }

    private readonly record struct Cell(int Start, int End, string Text, int Column, int Width);
}
