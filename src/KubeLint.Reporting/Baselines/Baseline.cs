using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

using KubeLint.Analysis;

namespace KubeLint.Reporting;

/// <summary>
/// The findings that a team knows and lives with. They are named by <see cref="Fingerprints"/>, so they stay known when lines
/// above them come or go. Immutable.
/// </summary>
public sealed class Baseline
{
    private const int FormatVersion = 1;

    private static readonly BaselineContext Context = new(new(BaselineContext.Default.Options) { Encoder = JsonText.Options.Encoder });

    private readonly ImmutableArray<BaselineEntry> entries;

    private Baseline(IEnumerable<BaselineEntry> entries) => this.entries =
    [
        .. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)
            .ThenBy(entry => entry.Rule, StringComparer.Ordinal)
            .ThenBy(entry => entry.Fingerprint, StringComparer.Ordinal),
    ];

    /// <summary>How many findings are known.</summary>
    public int Count => entries.Length;

    /// <summary>All findings of a report as known.</summary>
    public static Baseline Of(RunReport report)
    {
        var fingerprints = Fingerprints.Compute(report);
        return new Baseline(report.Diagnostics.Select((diagnostic, index) =>
            new BaselineEntry(diagnostic.Rule.Id, report.RepositoryPath(diagnostic.Location.Text.Path), fingerprints[index])));
    }

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The text is none; the message says where and why.</exception>
    public static Baseline Parse(string text)
    {
        try
        {
            var file = JsonSerializer.Deserialize(text, Context.BaselineFile);
            return file is null || file.Findings.IsDefault ? throw new FormatException("it holds no findings")
                : file.FormatVersion != FormatVersion ? throw new FormatException($"its formatVersion is {file.FormatVersion}; this KubeLint reads {FormatVersion}")
                : new Baseline(file.Findings);
        }
        catch (JsonException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    /// <summary>Writes it as JSON, in an order that makes small changes small.</summary>
    public void Write(TextWriter output) => JsonText.Write(new BaselineFile(FormatVersion, entries), Context.BaselineFile, output);

    /// <summary>Takes the known findings out of a report.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="isJudged">Whether the run would have found what is in this file, given relative to the repository's root.</param>
    public BaselineComparison Compare(RunReport report, Func<string, bool> isJudged)
    {
        var known = entries.Select(entry => entry.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var fingerprints = Fingerprints.Compute(report);
        var fresh = report.Diagnostics.Where((_, index) => !known.Contains(fingerprints[index])).ToImmutableArray();
        var present = fingerprints.ToHashSet(StringComparer.Ordinal);
        var rules = report.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        var gone = entries.Where(entry => !present.Contains(entry.Fingerprint) && rules.Contains(entry.Rule) && isJudged(entry.Path)).ToImmutableArray();
        return new BaselineComparison(fresh, report.Diagnostics.Length - fresh.Length, gone, new Baseline(entries.Except(gone)));
    }
}

/// <summary>A known finding.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Path">The file, relative to the repository's root.</param>
/// <param name="Fingerprint">The finding's fingerprint.</param>
public sealed record BaselineEntry(string Rule, string Path, string Fingerprint);

/// <summary>A report held against a baseline.</summary>
/// <param name="New">The findings that are not known.</param>
/// <param name="KnownCount">How many are.</param>
/// <param name="Gone">The entries that no longer occur, though the run judged their files by their rules.</param>
/// <param name="Pruned">The baseline without these.</param>
public sealed record BaselineComparison(ImmutableArray<Diagnostic> New, int KnownCount, ImmutableArray<BaselineEntry> Gone, Baseline Pruned);

internal sealed record BaselineFile(int FormatVersion, ImmutableArray<BaselineEntry> Findings);

[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BaselineFile))]
internal sealed partial class BaselineContext : JsonSerializerContext;
