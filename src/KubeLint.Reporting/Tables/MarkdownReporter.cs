using System.Text;

using KubeLint.Analysis;

namespace KubeLint.Reporting;

/// <summary>A table in Markdown for a job's summary or a comment; kept below the size that GitHub takes for a summary.</summary>
public sealed class MarkdownReporter : IReporter
{
    // GitHub refuses a summary over 1 MiB whole; the rest is for what else the step writes.
    private const int MaxCharacters = 400_000;

    /// <inheritdoc/>
    public void Write(RunReport report, TextWriter output)
    {
        output.Write($"### KubeLint\n\n{Summary.Describe(report)}\n");
        if (!report.Diagnostics.IsEmpty)
        {
            output.Write("\n| | Place | Rule | Finding |\n|---|---|---|---|\n");
            WriteRows(report, output);
        }

        foreach (var note in report.Notes)
        {
            output.Write($"\n- {Cell(note.Location is { } location ? $"{location}: {note.Message}" : note.Message)}");
        }

        output.Write(report.Notes.IsEmpty ? "" : "\n");
    }

    private static void WriteRows(RunReport report, TextWriter output)
    {
        var size = 0;
        for (var i = 0; i < report.Diagnostics.Length; i++)
        {
            var row = Row(report, report.Diagnostics[i]);
            size += row.Length;
            if (size > MaxCharacters)
            {
                output.Write($"\n{Summary.Count(report.Diagnostics.Length - i, "further finding")} left out: a job's summary has a limit.\n");
                return;
            }

            output.Write(row);
        }
    }

    private static string Row(RunReport report, Diagnostic diagnostic)
    {
        var place = $"{report.RepositoryPath(diagnostic.Location.Text.Path)}:{diagnostic.Location.Start}";
        var text = diagnostic.Help is { } help ? $"{RulePage.Sentence(diagnostic.Message)} {RulePage.Sentence(help)}" : RulePage.Sentence(diagnostic.Message);
        return $"| {diagnostic.Severity.ToWord()} | {Cell(place)} | [{diagnostic.Rule.Id} {diagnostic.Rule.Name}]({diagnostic.Rule.HelpUri.AbsoluteUri}) | {Cell(text)} |\n";
    }

    // Nothing of the text acts as Markdown or HTML, but for code marks, which messages use on purpose. Inside code only
    // the bar means something, to the table.
    private static string Cell(string text)
    {
        var safe = DisplayText.Escape(text);
        var hasCode = safe.Count(character => character == '`') % 2 == 0;
        var isCode = false;
        var result = new StringBuilder(safe.Length + 8);
        foreach (var character in safe)
        {
            if (character == '`' && hasCode)
            {
                isCode = !isCode;
                result.Append(character);
            }
            else if (character == '|' || (!isCode && @"`*_[]\#~!".Contains(character, StringComparison.Ordinal)))
            {
                result.Append('\\').Append(character);
            }
            else
            {
                _ = isCode ? result.Append(character) : character switch
                {
                    '<' => result.Append("&lt;"),
                    '>' => result.Append("&gt;"),
                    '&' => result.Append("&amp;"),
                    '@' => result.Append("&#64;"),
                    _ => result.Append(character),
                };
            }
        }

        return result.ToString();
    }
}
