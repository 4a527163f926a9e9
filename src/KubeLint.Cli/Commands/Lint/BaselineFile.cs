using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Reporting;

namespace KubeLint.Cli;

/// <summary>The baseline's file: reads it before the work, and holds the report against it or writes it anew.</summary>
internal sealed class BaselineFile
{
    private readonly string name;
    private readonly string path;
    private readonly bool isPruned;
    private readonly bool isLimited;
    private readonly Baseline? baseline;

    private BaselineFile(string name, string path, bool isPruned, bool isLimited, Baseline? baseline)
    {
        this.isLimited = isLimited;
        this.name = name;
        this.path = path;
        this.isPruned = isPruned;
        this.baseline = baseline;
    }

    /// <summary>What the options ask for; null where they name no baseline.</summary>
    /// <exception cref="UsageException">The options do not go together, or the file cannot be read.</exception>
    public static BaselineFile? Open(LintOptions options, CliHost host)
    {
        if (options is { Baseline: not null, WriteBaseline: not null })
        {
            throw new UsageException("--baseline and --write-baseline exclude each other");
        }

        if (options is { PruneBaseline: true, Baseline: null })
        {
            throw new UsageException("--prune-baseline needs --baseline FILE");
        }

        if (options is { PruneBaseline: true, Since: not null })
        {
            throw new UsageException("--prune-baseline needs all findings, so --since does not go with it");
        }

        if ((options.WriteBaseline ?? options.Baseline) is not { } name)
        {
            return null;
        }

        var path = Path.GetFullPath(name, host.CurrentDirectory);
        return new BaselineFile(name, path, options.PruneBaseline, options.Since is not null, options.Baseline is null ? null : Read(name, path));
    }

    /// <summary>The report without the known findings, with notes on them.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public RunReport Apply(RunReport report, Workspace workspace)
    {
        if (baseline is null)
        {
            var all = Baseline.Of(report);
            Write(all);
            return Noted(report with { Diagnostics = [] }, $"Wrote {Count(all.Count, "finding")} to the baseline {name}");
        }

        var selected = workspace.SelectedFiles.Select(file => report.RepositoryPath(file.DisplayPath)).ToHashSet(StringComparer.Ordinal);
        var comparison = baseline.Compare(report, file => !isLimited && (selected.Contains(file) || !File.Exists(Path.Combine(report.RepositoryRoot, file))));
        report = report with { Diagnostics = comparison.New };
        if (comparison.KnownCount > 0)
        {
            report = Noted(report, $"Left out {Count(comparison.KnownCount, "finding")} that the baseline {name} knows");
        }

        if (comparison.Gone is not [var first, ..])
        {
            return report;
        }

        var gone = comparison.Gone.Length == 1 ? $"{first.Rule} in {first.Path}"
            : string.Create(CultureInfo.InvariantCulture, $"{first.Rule} in {first.Path} and {comparison.Gone.Length - 1} more");
        if (!isPruned)
        {
            return Noted(report, $"Of the baseline {name} no longer occurs: {gone}; --prune-baseline takes that out");
        }

        Write(comparison.Pruned);
        return Noted(report, $"Took out of the baseline {name} what no longer occurs: {gone}");
    }

    private static RunReport Noted(RunReport report, string message) =>
        report with { Notes = [.. report.Notes, new RunNote(RunNoteKind.Execution, Severity.Info, message)] };

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static Baseline Read(string name, string path)
    {
        try
        {
            return Baseline.Parse(File.ReadAllText(path));
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the baseline '{name}' cannot be read: {error.Message}");
        }
    }

    private void Write(Baseline written)
    {
        try
        {
            AtomicFile.Write(path, written.Write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the baseline cannot be written to '{name}': {error.Message}");
        }
    }
}
