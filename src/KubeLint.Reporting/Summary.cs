using System.Globalization;

using KubeLint.Analysis;

namespace KubeLint.Reporting;

/// <summary>Words about a whole run that several formats use.</summary>
internal static class Summary
{
    /// <summary><c>Found 2 errors and 1 warning in 1 of 37 files.</c></summary>
    public static string Describe(RunReport report)
    {
        if (report.Diagnostics.IsEmpty)
        {
            return $"No findings in {Count(report.FileCount, "file")}.";
        }

        var parts = new List<string>();
        foreach (var severity in (ReadOnlySpan<Severity>)[Severity.Error, Severity.Warning, Severity.Info])
        {
            if (report.Count(severity) is > 0 and var count)
            {
                parts.Add(severity == Severity.Info ? string.Create(CultureInfo.InvariantCulture, $"{count} info") : Count(count, severity.ToWord()));
            }
        }

        var found = parts.Count == 1 ? parts[0] : string.Join(", ", parts[..^1]) + " and " + parts[^1];
        var files = report.Diagnostics.Select(diagnostic => diagnostic.Location.Text.Path).Distinct(StringComparer.Ordinal).Count();
        return string.Create(CultureInfo.InvariantCulture, $"Found {found} in {files} of {Count(report.FileCount, "file")}.");
    }

    /// <summary>The severity in lower case, as it is written everywhere.</summary>
    public static string ToWord(this Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    /// <summary>A number and its noun, in the plural where it has to be.</summary>
    public static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
