using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Reporting;

/// <summary>
/// Workflow commands of GitHub Actions, which make annotations
/// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). A step shows ten annotations of each
/// level: what is beyond that is written as plain lines, so that the log still has all of them.
/// </summary>
public sealed class GitHubReporter : IReporter
{
    private const int AnnotationsOfOneLevel = 10;

    /// <inheritdoc/>
    public void Write(RunReport report, TextWriter output)
    {
        var written = new int[3];
        var plain = 0;

        // The worst first: they must not lose their annotation to lesser ones.
        foreach (var diagnostic in report.Diagnostics.OrderByDescending(diagnostic => diagnostic.Severity))
        {
            if (written[(int)diagnostic.Severity]++ < AnnotationsOfOneLevel)
            {
                WriteCommand(report, diagnostic, output);
            }
            else
            {
                plain++;
                output.Write(ConciseReporter.Line(diagnostic));
                output.Write('\n');
            }
        }

        if (plain > 0)
        {
            output.Write($"GitHub shows {AnnotationsOfOneLevel} annotations of each level for a step; {Summary.Count(plain, "finding")} above stand in this log only.\n");
        }

        output.Write(Summary.Describe(report));
        output.Write('\n');
    }

    private static void WriteCommand(RunReport report, Diagnostic diagnostic, TextWriter output)
    {
        var (start, end) = (diagnostic.Location.Start, diagnostic.Location.End);
        var level = diagnostic.Severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "notice",
        };
        output.Write($"::{level} file={Property(DisplayText.Escape(report.RepositoryPath(diagnostic.Location.Text.Path)))},{Region(start, end)},title={Property($"{diagnostic.Rule.Id} {diagnostic.Rule.Name}")}::");
        output.Write(Data(DisplayText.Escape(diagnostic.Help is { } help ? $"{RulePage.Sentence(diagnostic.Message)} {help}" : diagnostic.Message)));
        output.Write('\n');
    }

    // Columns count only where both ends are on one line.
    private static string Region(LinePosition start, LinePosition end) => start.Line == end.Line
        ? string.Create(CultureInfo.InvariantCulture, $"line={start.Line},endLine={end.Line},col={start.Column},endColumn={Math.Max(start.Column, end.Column - 1)}")
        : string.Create(CultureInfo.InvariantCulture, $"line={start.Line},endLine={end.Line}");

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
