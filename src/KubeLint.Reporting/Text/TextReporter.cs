using KubeLint.Analysis;

namespace KubeLint.Reporting;

/// <summary>For people: each finding with its source line and a caret, then a summary.</summary>
/// <param name="style">Colours and width.</param>
/// <param name="isQuiet">Whether only the findings are written: no notes, no summary.</param>
public sealed class TextReporter(TextStyle style, bool isQuiet = false) : IReporter
{
    private readonly SnippetWriter snippet = new(style);

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

    private void Write(Diagnostic diagnostic, TextWriter output)
    {
        var ink = SnippetWriter.InkOf(diagnostic.Severity);
        output.Write(snippet.Paint(DisplayText.Escape(diagnostic.Location.Text.Path), Ink.Bold));
        output.Write($":{diagnostic.Location.Start} ");
        output.Write(snippet.Paint(diagnostic.Severity.ToWord(), ink));
        output.Write($" {diagnostic.Rule.Id} {diagnostic.Rule.Name}: ");
        output.Write(snippet.Paint(DisplayText.Escape(diagnostic.Message), Ink.Bold));
        output.Write('\n');
        var gutter = SnippetWriter.GutterOf(diagnostic.Location);
        foreach (var related in diagnostic.Related)
        {
            gutter = Math.Max(gutter, SnippetWriter.GutterOf(related.Location));
        }

        if (!diagnostic.Rule.HidesSource)
        {
            snippet.Write(diagnostic.Location, gutter, '^', ink, output);
        }

        foreach (var related in diagnostic.Related)
        {
            WriteNote(gutter, "see", Ink.Blue, $"{related.Location}: {related.Message}", output);
            if (!diagnostic.Rule.HidesSource)
            {
                snippet.Write(related.Location, gutter, '-', Ink.Blue, output);
            }
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

    private void WriteNote(int gutter, string label, Ink ink, string text, TextWriter output)
    {
        output.Write(new string(' ', gutter + 1));
        output.Write(snippet.Paint("=", Ink.Blue));
        output.Write(' ');
        output.Write(snippet.Paint(label + ":", ink));
        output.Write(' ');
        output.Write(DisplayText.Escape(text));
        output.Write('\n');
    }

    private void WriteNotes(RunReport report, TextWriter output)
    {
        foreach (var note in report.Notes)
        {
            output.Write(snippet.Paint(note.Severity == Severity.Info ? "note" : note.Severity.ToWord(), SnippetWriter.InkOf(note.Severity)));
            output.Write(": ");
            output.Write(DisplayText.Escape(note.Location is { } location ? $"{location}: {note.Message}" : note.Message));
            output.Write('\n');
        }
    }
}
