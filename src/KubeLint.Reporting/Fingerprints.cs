using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KubeLint.Reporting;

/// <summary>
/// Names each finding by what it is about instead of where it stands, so that a finding keeps its name when lines above
/// it come or go: the rule, the file, the object, the line's text, and which of equal ones it is.
/// </summary>
public static class Fingerprints
{
    /// <summary>The fingerprints of a report's findings, in their order; no two are equal. 32 hexadecimal digits.</summary>
    /// <param name="report">The report.</param>
    /// <param name="pathOf">The path that a shown path is named by; null for itself.</param>
    public static ImmutableArray<string> Compute(RunReport report, Func<string, string>? pathOf = null)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var result = ImmutableArray.CreateBuilder<string>(report.Diagnostics.Length);
        foreach (var diagnostic in report.Diagnostics)
        {
            var location = diagnostic.Location;

            // A Secret's value is hidden here too: the hash of a short one could be guessed.
            var line = SourceLine.Create(location.Text, location.Start.Line).Text.Trim();
            var key = string.Join('\n', diagnostic.Rule.Id, report.RepositoryPath(pathOf?.Invoke(location.Text.Path) ?? location.Text.Path), diagnostic.Object?.ToString(), line);
            seen[key] = seen.GetValueOrDefault(key) + 1;
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key}\n{seen[key]}")));
            result.Add(Convert.ToHexStringLower(hash.AsSpan(0, 16)));
        }

        return result.MoveToImmutable();
    }
}
