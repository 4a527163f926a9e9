using System.Collections.Immutable;

using KubeLint.Reporting;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>Where a run's report goes: to standard output or a file in one format, and to further files in theirs.</summary>
internal sealed class ReportTargets
{
    private readonly ImmutableArray<(IReporter Reporter, string? Path)> targets;

    private ReportTargets(ImmutableArray<(IReporter Reporter, string? Path)> targets) => this.targets = targets;

    /// <summary>Reads <c>--format</c> and <c>--output</c>. Fails before any work is done where a file could not be written.</summary>
    /// <exception cref="UsageException">A format does not exist, a folder is absent, or two reports would go to one file.</exception>
    public static ReportTargets Create(string? format, IEnumerable<string> outputs, TextStyle style, bool isQuiet, bool isStatistics, string directory)
    {
        var extra = new List<(IReporter Reporter, string? Path)>();
        string? mainFile = null;
        foreach (var output in outputs)
        {
            var separator = output.IndexOf('=', StringComparison.Ordinal);
            var name = separator < 0 ? null : output[..separator];
            var path = CheckedPath(output[(separator + 1)..], directory);
            if (name is not null)
            {
                extra.Add((Reporter(name, new TextStyle(), isQuiet), path));
            }
            else if (mainFile is not null)
            {
                throw new UsageException("--output FILE can be given once; write --output FORMAT=FILE for further reports");
            }
            else
            {
                mainFile = path;
            }
        }

        var chosen = format ?? (mainFile is null ? null : ReportFormats.FromFileName(mainFile)) ?? ReportFormats.Text;
        var mainStyle = mainFile is null ? style : new TextStyle();
        var main = isStatistics ? StatisticsOf(format, mainStyle) : Reporter(chosen, mainStyle, isQuiet);
        ImmutableArray<(IReporter Reporter, string? Path)> all = [(main, mainFile), .. extra];
        if (all.Where(target => target.Path is not null).GroupBy(target => target.Path, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new UsageException($"two reports would go to '{twice.Key}'");
        }

        return new ReportTargets(all);
    }

    /// <summary>The files that are written.</summary>
    public IReadOnlyCollection<string> Files => [.. targets.Select(target => target.Path).OfType<string>()];

    /// <summary>Writes the report everywhere.</summary>
    /// <exception cref="UsageException">A file cannot be written.</exception>
    public void Write(RunReport report, TextWriter output)
    {
        foreach (var (reporter, path) in targets)
        {
            if (path is null)
            {
                reporter.Write(report, output);
                continue;
            }

            try
            {
                AtomicFile.Write(path, writer => reporter.Write(report, writer));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"the report cannot be written to '{path}': {error.Message}");
            }
        }
    }

    private static StatisticsReporter StatisticsOf(string? format, TextStyle style) => format is null or ReportFormats.Text
        ? new StatisticsReporter(style)
        : throw new UsageException("--statistics has a text form only; every finding of the other formats names its rule");

    private static IReporter Reporter(string name, TextStyle style, bool isQuiet)
    {
        if (ReportFormats.Create(name, style, isQuiet) is { } reporter)
        {
            return reporter;
        }

        var nearest = NearestName.Find(name, ReportFormats.Names);
        throw new UsageException($"there is no format '{name}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")} The formats are {string.Join(", ", ReportFormats.Names)}");
    }

    private static string CheckedPath(string path, string directory)
    {
        if (path.Length == 0)
        {
            throw new UsageException("--output needs a file");
        }

        var full = Path.GetFullPath(path, directory);
        if (Directory.Exists(full))
        {
            throw new UsageException($"'{path}' is a folder; --output needs a file");
        }

        return Directory.Exists(Path.GetDirectoryName(full)) ? full : throw new UsageException($"the folder of '{path}' does not exist");
    }
}
