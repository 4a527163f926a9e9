using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Reporting;
using KubeLint.Rules;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary><c>kubelint lint</c>: reads, judges, reports.</summary>
internal static class LintCommand
{
    private const string StandardInput = "-";

    public static async Task<int> RunAsync(LintOptions options, CliHost host, CancellationToken cancellationToken)
    {
        var failOn = ParseFailOn(options.FailOn);
        var style = ColorChoice.Style(options.Color, host, host.IsOutputTerminal);
        var targets = ReportTargets.Create(options.Format, options.Output, style, options.Quiet, options.Statistics, host.CurrentDirectory);
        var catalog = new RuleCatalog(BuiltInRules.All);
        var selection = new RuleSelection(ParseRules(options.Select, catalog), ParseRules(options.Ignore, catalog));
        var (source, paths) = await InputAsync(options, host, cancellationToken);
        var configuration = ConfigurationSource.Load(options, catalog, source, host);

        RunReport report;
        using (var timings = new Timings(host, options.Verbose, options.Quiet))
        {
            var rules = RuleSet.Create(catalog, configuration.Configuration, selection, host.CurrentDirectory);
            report = Run(new Inputs(source, paths, configuration, rules, options), timings, host, cancellationToken);
        }

        targets.Write(report, host.Output);
        var isFailed = failOn is { } level && report.Diagnostics.Any(diagnostic => diagnostic.Severity >= level);
        return isFailed ? ExitCodes.Findings : ExitCodes.Success;
    }

    private static RunReport Run(Inputs inputs, Timings timings, CliHost host, CancellationToken cancellationToken)
    {
        var configuration = inputs.Configuration.Configuration;
        var workspace = timings.Run(
            "Reading files",
            () => Workspace.Load(
                inputs.Source,
                new WorkspaceOptions
                {
                    BaseDirectory = host.CurrentDirectory,
                    Paths = inputs.Paths,
                    Exclude = configuration.Settings.Exclude,
                    ExcludeDirectory = configuration.Directory,
                    Limits = new YamlLimits { MaxFileBytes = configuration.Settings.MaxFileBytes },
                },
                cancellationToken),
            workspace => string.Create(CultureInfo.InvariantCulture, $"{workspace.SelectedFiles.Length} files"));
        if (!workspace.Errors.IsEmpty)
        {
            throw new UsageException(string.Join("\nkubelint: ", workspace.Errors.Select(error => DescribePath(error))));
        }

        if (inputs.Options.Verbose)
        {
            foreach (var note in workspace.Notes)
            {
                host.Error.WriteLine($"  {note.Path}: {note.Message}");
            }
        }

        var analyzer = new Analyzer(inputs.Rules);
        var flux = FluxSettings.From(configuration, inputs.Options, host);
        var model = timings.Run(
            "Building what the clusters get",
            () => analyzer.Parts.HasFlag(ModelParts.Objects) ? FluxSettings.Build(workspace, flux, cancellationToken) : RepositoryModel.AsWritten(workspace),
            model => string.Create(CultureInfo.InvariantCulture, $"{model.Clusters.Length} clusters, {model.Objects.Length} objects"));
        var result = timings.Run(
            "Running rules",
            () => analyzer.Analyze(model, cancellationToken),
            result => string.Create(CultureInfo.InvariantCulture, $"{inputs.Rules.Descriptors.Count()} rules, {result.Diagnostics.Length} findings"));
        return new RunReport
        {
            Diagnostics = result.Diagnostics,
            Rules = [.. inputs.Rules.Descriptors],
            ReadPage = BuiltInRules.ReadPage,
            Suppressed = inputs.Options.ShowSuppressed ? result.Suppressed : [],
            Notes = Notes(workspace, inputs.Configuration),
            FileCount = workspace.SelectedFiles.Length,
            ToolVersion = CliApplication.Version,
            BaseDirectory = workspace.BaseDirectory,
            RepositoryRoot = workspace.RepositoryRoot,
        };
    }

    private static ImmutableArray<RunNote> Notes(Workspace workspace, ConfigurationResult configuration) =>
    [
        .. configuration.Notes.Select(note => new RunNote(RunNoteKind.Configuration, Severity.Info, note.Message, note.Location)),
        // A folder of templates is one thing to know, not one for each of them.
        .. workspace.Notes.GroupBy(note => note.Message, StringComparer.Ordinal).Select(group => new RunNote(
            RunNoteKind.Execution,
            Severity.Info,
            group.Count() == 1 ? $"{group.First().Path}: {group.Key}"
                : string.Create(CultureInfo.InvariantCulture, $"{group.First().Path} and {group.Count() - 1} more: {group.Key}"))),
    ];

    private static string DescribePath(WorkspaceError error)
    {
        var verb = NearestName.Find(error.Path, Verbs.All().Select(verb => verb.Name));
        return verb is null ? error.Message : $"{error.Message}; did you mean the command '{verb}'?";
    }

    private static async Task<(IFileSource Source, ImmutableArray<string> Paths)> InputAsync(LintOptions options, CliHost host, CancellationToken cancellationToken)
    {
        ImmutableArray<string> paths = [.. options.Paths];
        if (!paths.Contains(StandardInput))
        {
            return options.StdinFileName is null ? (new DiskFileSource(), paths.IsEmpty ? ["."] : paths)
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
        return (new OverlayFileSource(new Dictionary<string, byte[]>(StringComparer.Ordinal) { [path] = text.ToArray() }, new DiskFileSource()), [name]);
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

    private sealed record Inputs(IFileSource Source, ImmutableArray<string> Paths, ConfigurationResult Configuration, RuleSet Rules, LintOptions Options);
}
