using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Reporting;

/// <summary>Writes the source lines of a place with marks below them, as the text report and error messages show them.</summary>
/// <param name="style">Colours and width.</param>
internal sealed class SnippetWriter(TextStyle style)
{
    // A long range is shown by its two ends.
    private const int WholeLines = 4;

    /// <summary>The colour of a severity.</summary>
    public static Ink InkOf(Severity severity) => severity switch
    {
        Severity.Error => Ink.Red,
        Severity.Warning => Ink.Yellow,
        _ => Ink.Cyan,
    };

    /// <summary>How many digits the line numbers of a place take.</summary>
    public static int GutterOf(Location location) => LastLine(location).ToString(CultureInfo.InvariantCulture).Length;

    /// <summary>The text in a colour, where colours are on.</summary>
    public string Paint(string text, Ink ink) => style.UseColor ? string.Create(CultureInfo.InvariantCulture, $"\e[{(int)ink}m{text}\e[0m") : text;

    /// <summary>Writes the lines of a place.</summary>
    /// <param name="location">The place.</param>
    /// <param name="gutter">The width of the line numbers.</param>
    /// <param name="mark">What stands below the range.</param>
    /// <param name="ink">The colour of the marks.</param>
    /// <param name="output">Where to write.</param>
    public void Write(Location location, int gutter, char mark, Ink ink, TextWriter output)
    {
        var first = location.Start.Line;
        var last = LastLine(location);
        WriteBar(gutter, output);
        output.Write('\n');
        for (var line = first; line <= last; line++)
        {
            if (last - first >= WholeLines && line > first + 1 && line < last)
            {
                output.Write(Paint(new string(' ', gutter) + " …", Ink.Blue));
                output.Write('\n');
                line = last - 1;
                continue;
            }

            WriteLine(location, line, gutter, mark, ink, output);
        }
    }

    // A range that ends with a line break ends on the line that it breaks, not on the empty beginning of the next one.
    private static int LastLine(Location location)
    {
        var end = location.End;
        return end.Column == 1 && end.Line > location.Start.Line ? end.Line - 1 : end.Line;
    }

    private void WriteLine(Location location, int line, int gutter, char mark, Ink ink, TextWriter output)
    {
        var text = location.Text;
        var span = text.GetLineSpan(line);
        var source = SourceLine.Create(text, line);
        var start = Math.Max(location.Span.Start, span.Start);
        if (line > location.Start.Line)
        {
            var content = text.Content.AsSpan(span.Start, span.Length);
            start = span.Start + content.Length - content.TrimStart(" \t").Length;
        }

        var columns = source.Fit(source.Columns(start, location.Span.End), Math.Max(20, style.Width - gutter - 3));
        output.Write(Paint(line.ToString(CultureInfo.InvariantCulture).PadLeft(gutter) + " |", Ink.Blue));
        if (!source.IsBlank)
        {
            output.Write(' ');
            output.Write(source.Text);
        }

        output.Write('\n');
        WriteBar(gutter, output);
        output.Write(' ');
        output.Write(new string(' ', columns.Start));
        output.Write(Paint(new string(mark, columns.End - columns.Start), ink));
        output.Write('\n');
    }

    private void WriteBar(int gutter, TextWriter output) => output.Write(Paint(new string(' ', gutter) + " |", Ink.Blue));
}
