using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Reporting;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary><c>kubelint lint</c>: reads, judges, mends, reports.</summary>
internal static class LintCommand
{
    private const string StandardInput = "-";

    public static async Task<int> RunAsync(LintOptions options, CliHost host, CancellationToken cancellationToken)
    {
        var plan = Plan(options, host);
        return options.Watch
            ? await WatchLoop.RunAsync(options, host, plan.Targets.Files, token => RunOnceAsync(options, Plan(options, host), host, token), cancellationToken)
            : await RunOnceAsync(options, plan, host, cancellationToken);
    }

    private static LintPlan Plan(LintOptions options, CliHost host)
    {
        var rules = RuleSource.Load(options, options.Rules, new DiskFileSource(), host);
        var plan = new LintPlan(
            ParseFailOn(options.FailOn),
            ReportTargets.Create(options.Format, options.Output, ColorChoice.Style(options.Color, host, host.IsOutputTerminal), options.Quiet, options.Statistics, host.CurrentDirectory),
            rules,
            new RuleSelection(ParseRules(options.Select, rules.Catalog), ParseRules(options.Ignore, rules.Catalog)),
            PinOption.Parse(options.Pin));
        CheckFixOptions(options, [.. options.Paths]);
        CheckSince(options, plan.Selection.Select, rules.Catalog);
        return plan;
    }

    private static async Task<int> RunOnceAsync(LintOptions options, LintPlan plan, CliHost host, CancellationToken cancellationToken)
    {
        var baseline = BaselineFile.Open(options, host);
        var (source, paths) = await InputAsync(options, host, cancellationToken);
        var configuration = ConfigurationSource.Load(options, plan.Rules.Catalog, source, host);
        configuration = configuration with { Notes = [.. configuration.Notes, .. plan.Notes()] };

        RunReport report;
        var isComplete = true;
        using (var timings = new Timings(host, options.Verbose, options.Quiet))
        {
            timings.Tell(() => ConfigurationSource.Describe(configuration.Configuration, host));
            var rules = RuleSet.Create(plan.Rules.Catalog, configuration.Configuration, plan.Selection, host.CurrentDirectory);
            var run = new LintRun(source, paths, configuration, rules, plan.Rules, options, plan.Pins, timings, host);
            using var since = options.Since is { } revision ? SinceRevision.Open(revision, run, cancellationToken) : null;
            run = run with { Since = since };
            run = await LiveLook.WithClusterAsync(options, run, cancellationToken);
            run = await SchemaFetch.WithSchemasAsync(options, run, cancellationToken);
            Workspace workspace;
            if (options.Fix || options.Diff)
            {
                var isWritten = !options.Paths.Contains(StandardInput);
                var fixes = FixRun.Create(run, isWritten, options.Diff, options.UnsafeFixes ? FixSafety.Unsafe : FixSafety.Safe, cancellationToken);
                if (options.Diff)
                {
                    return WriteDiff(fixes, options, host) ? ExitCodes.Findings : ExitCodes.Success;
                }

                (workspace, var remaining, var notes, isComplete) = fixes.WriteFiles(cancellationToken);
                report = run.Report(workspace, remaining, options.ShowSuppressed);
                report = report with { Notes = [.. report.Notes, .. notes] };
            }
            else
            {
                workspace = run.Load(source, cancellationToken);
                report = run.Report(workspace, run.Analyze(workspace, cancellationToken), options.ShowSuppressed);
            }

            report = baseline?.Apply(report, workspace) ?? report;
        }

        plan.Targets.Write(report, host.Output);
        var isFailed = plan.FailOn is { } level && report.Diagnostics.Any(diagnostic => diagnostic.Severity >= level);
        return isFailed || !isComplete ? ExitCodes.Findings : ExitCodes.Success;
    }

    private static bool WriteDiff(FixRun fixes, LintOptions options, CliHost host)
    {
        var isThere = fixes.WriteDiff();
        if (!options.Quiet)
        {
            var style = ColorChoice.Style(options.Color, host, host.IsErrorTerminal);
            foreach (var note in fixes.PreviewNotes())
            {
                if (note.Location is { } place)
                {
                    PlacedMessage.Write(place, note.Severity, note.Message, style, host.Error);
                }
                else
                {
                    host.Error.WriteLine($"kubelint: {note.Message}");
                }
            }
        }

        return isThere;
    }

    private static void CheckFixOptions(LintOptions options, ImmutableArray<string> paths)
    {
        if (options is { UnsafeFixes: true, Fix: false, Diff: false })
        {
            throw new UsageException("--unsafe-fixes goes with --fix or --diff");
        }

        if (options is { Fix: true, Diff: false } && paths.Contains(StandardInput))
        {
            throw new UsageException("--fix cannot write to standard input; --diff shows what it would change");
        }

        if (options.Diff && (options.Format is not null || options.Output.Any() || options.Statistics || options.Baseline is not null || options.WriteBaseline is not null))
        {
            throw new UsageException("--diff writes no report, so --format, --output, --statistics and baselines do not go with it");
        }
    }

    private static void CheckSince(LintOptions options, ImmutableArray<string> select, RuleCatalog catalog)
    {
        if (options is { Since: not null, WriteBaseline: not null })
        {
            throw new UsageException("--write-baseline writes all findings, so --since does not go with it");
        }

        if (options.Since is null && select.Select(catalog.Find).FirstOrDefault(rule => rule?.Descriptor.NeedsRevision == true) is { } between)
        {
            throw new UsageException($"{between.Descriptor.Id} {between.Descriptor.Name} compares with a revision; add --since REV");
        }
    }

    private static async Task<(IFileSource Source, ImmutableArray<string> Paths)> InputAsync(LintOptions options, CliHost host, CancellationToken cancellationToken)
    {
        ImmutableArray<string> paths = [.. options.Paths];
        if (!paths.Contains(StandardInput))
        {
            return options.StdinFileName is null ? (new KnownPaths(new DiskFileSource()), paths.IsEmpty ? ["."] : paths)
                : throw new UsageException("--stdin-filename is for 'kubelint -', which reads standard input");
        }

        if (paths.Length > 1)
        {
            throw new UsageException("'-' reads standard input and stands alone");
        }

        // Not in this thread: a read that waits for a person cannot be cancelled, and an interrupt must end the run.
        using var text = new MemoryStream();
        await Task.Run(() => host.Input.CopyTo(text), cancellationToken).WaitAsync(cancellationToken);
        var name = options.StdinFileName ?? "stdin.yaml";
        var path = YamlFileCache.Normalize(Path.Combine(host.CurrentDirectory, name));
        return (new OverlayFileSource(new Dictionary<string, byte[]>(StringComparer.Ordinal) { [path] = text.ToArray() }, new KnownPaths(new DiskFileSource())), [name]);
    }

    private static ImmutableArray<string> ParseRules(IEnumerable<string> lists, RuleCatalog catalog)
    {
        ImmutableArray<string> names = [.. lists.SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        return names.FirstOrDefault(name => !catalog.IsKnown(name)) is { } unknown ? throw new UsageException(catalog.DescribeUnknown(unknown)) : names;
    }

    private static Severity? ParseFailOn(string? level) => level switch
    {
        "error" => Severity.Error,
        null or "warning" => Severity.Warning,
        "info" => Severity.Info,
        "never" => null,
        _ => throw new UsageException($"--fail-on must be error, warning, info or never, not '{level}'"),
    };
}
