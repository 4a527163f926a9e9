using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Reporting;

/// <summary>For people: each finding with its source line and a caret, then a summary.</summary>
/// <param name="style">Colours and width.</param>
/// <param name="isQuiet">Whether only the findings are written: no notes, no summary.</param>
public sealed class TextReporter(TextStyle style, bool isQuiet = false) : IReporter
{
    // A long range is shown by its two ends.
    private const int WholeLines = 4;

    private bool UseColor => style.UseColor;

    /// <inheritdoc/>
    public void Write(RunReport report, TextWriter output)
    {
        foreach (var diagnostic in report.Diagnostics)
        {
            Write(diagnostic, output);
            output.Write('\n');
        }

        if (!isQuiet)
        {
            WriteNotes(report, output);
            output.Write(Summary.Describe(report));
            output.Write('\n');
        }
    }

    private static Ink InkOf(Severity severity) => severity switch
    {
        Severity.Error => Ink.Red,
        Severity.Warning => Ink.Yellow,
        _ => Ink.Cyan,
    };

    private void Write(Diagnostic diagnostic, TextWriter output)
    {
        var ink = InkOf(diagnostic.Severity);
        output.Write(Paint(DisplayText.Escape(diagnostic.Location.Text.Path), Ink.Bold));
        output.Write(Invariant($":{diagnostic.Location.Start} "));
        output.Write(Paint(diagnostic.Severity.ToWord(), ink));
        output.Write(Invariant($" {diagnostic.Rule.Id} {diagnostic.Rule.Name}: "));
        output.Write(Paint(DisplayText.Escape(diagnostic.Message), Ink.Bold));
        output.Write('\n');
        var gutter = GutterWidth(diagnostic);
        WriteSource(diagnostic.Location, gutter, '^', ink, output);
        foreach (var related in diagnostic.Related)
        {
            WriteNote(gutter, "see", Ink.Blue, $"{related.Location}: {related.Message}", output);
            WriteSource(related.Location, gutter, '-', Ink.Blue, output);
        }

        if (diagnostic.Object is { } id)
        {
            var others = diagnostic.OtherObjects.Length;
            WriteNote(gutter, "in", Ink.Blue, others == 0 ? id.ToString() : $"{id} and {Summary.Count(others, "other object")}", output);
        }

        if (diagnostic.Help is { } help)
        {
            WriteNote(gutter, "help", Ink.Green, help, output);
        }

        if (diagnostic.Fixes is [var fix, ..])
        {
            WriteNote(gutter, fix.Safety == FixSafety.Suggestion ? "suggestion" : "fix", Ink.Green, fix.Title, output);
        }
    }

    private static int GutterWidth(Diagnostic diagnostic)
    {
        var last = LastLine(diagnostic.Location);
        foreach (var related in diagnostic.Related)
        {
            last = Math.Max(last, LastLine(related.Location));
        }

        return last.ToString(CultureInfo.InvariantCulture).Length;
    }

    private void WriteNote(int gutter, string label, Ink ink, string text, TextWriter output)
    {
        output.Write(new string(' ', gutter + 1));
        output.Write(Paint("=", Ink.Blue));
        output.Write(' ');
        output.Write(Paint(label + ":", ink));
        output.Write(' ');
        output.Write(DisplayText.Escape(text));
        output.Write('\n');
    }

    private void WriteSource(Location location, int gutter, char mark, Ink ink, TextWriter output)
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

    private void WriteNotes(RunReport report, TextWriter output)
    {
        foreach (var note in report.Notes)
        {
            output.Write(Paint(note.Severity == Severity.Info ? "note" : note.Severity.ToWord(), InkOf(note.Severity)));
            output.Write(": ");
            output.Write(DisplayText.Escape(note.Location is { } location ? $"{location}: {note.Message}" : note.Message));
            output.Write('\n');
        }
    }

    private string Paint(string text, Ink ink) => UseColor ? Invariant($"\e[{(int)ink}m{text}\e[0m") : text;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
