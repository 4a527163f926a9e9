using KubeLint.Analysis;

namespace KubeLint.Reporting;

/// <summary>One line for each finding, as compilers write them: editors and grep read it.</summary>
/// <param name="isQuiet">Whether the summary is left out.</param>
public sealed class ConciseReporter(bool isQuiet = false) : IReporter
{
    /// <summary>The line of one finding, safe for a terminal.</summary>
    public static string Line(Diagnostic diagnostic) =>
        DisplayText.Escape($"{diagnostic.Location}: {diagnostic.Severity.ToWord()}: {diagnostic.Rule.Id} {diagnostic.Rule.Name}: {diagnostic.Message}");

    /// <inheritdoc/>
    public void Write(RunReport report, TextWriter output)
    {
        foreach (var diagnostic in report.Diagnostics)
        {
            output.Write(Line(diagnostic));
            output.Write('\n');
        }

        if (!isQuiet)
        {
            output.Write(Summary.Describe(report));
            output.Write('\n');
        }
    }
}
