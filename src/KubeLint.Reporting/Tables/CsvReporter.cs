using System.Globalization;

namespace KubeLint.Reporting;

/// <summary>Comma-separated values (RFC 4180, line breaks as LF) with a header, for spreadsheets.</summary>
public sealed class CsvReporter : IReporter
{
    /// <inheritdoc/>
    public void Write(RunReport report, TextWriter output)
    {
        output.Write("path,line,column,end_line,end_column,severity,rule,name,message,help,object\n");
        foreach (var diagnostic in report.Diagnostics)
        {
            var (start, end) = (diagnostic.Location.Start, diagnostic.Location.End);
            output.Write(string.Join(
                ',',
                Field(diagnostic.Location.Text.Path),
                start.Line.ToString(CultureInfo.InvariantCulture),
                start.Column.ToString(CultureInfo.InvariantCulture),
                end.Line.ToString(CultureInfo.InvariantCulture),
                end.Column.ToString(CultureInfo.InvariantCulture),
                diagnostic.Severity.ToWord(),
                diagnostic.Rule.Id,
                diagnostic.Rule.Name,
                Field(diagnostic.Message),
                Field(diagnostic.Help ?? ""),
                Field(diagnostic.Object?.ToString() ?? "")));
            output.Write('\n');
        }
    }

    // A spreadsheet runs what begins like a formula; a quote in front makes it text (https://owasp.org/www-community/attacks/CSV_Injection).
    private static string Field(string text)
    {
        var safe = DisplayText.Escape(text);
        if (safe.Length > 0 && safe[0] is '=' or '+' or '-' or '@')
        {
            safe = "'" + safe;
        }

        return safe.AsSpan().IndexOfAny("\",") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
