using System.Globalization;

namespace KubeLint.Reporting;

/// <summary>How many findings each rule has, the most first.</summary>
/// <param name="style">Colours.</param>
public sealed class StatisticsReporter(TextStyle style) : IReporter
{
    /// <inheritdoc/>
    public void Write(RunReport report, TextWriter output)
    {
        var snippet = new SnippetWriter(style);
        var groups = report.Diagnostics.GroupBy(diagnostic => (diagnostic.Rule.Id, diagnostic.Severity))
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Id, StringComparer.Ordinal).ToList();
        foreach (var group in groups)
        {
            var rule = group.First().Rule;
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{group.Count(),6}  "));
            output.Write(snippet.Paint(group.Key.Severity.ToWord().PadRight(7), SnippetWriter.InkOf(group.Key.Severity)));
            output.Write($"  {rule.Id}  {rule.Name}: {rule.Title}\n");
        }

        output.Write(groups.Count > 0 ? "\n" : "");
        output.Write(Summary.Describe(report));
        output.Write('\n');
    }
}
