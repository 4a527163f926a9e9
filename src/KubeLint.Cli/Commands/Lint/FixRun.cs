using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Reporting;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>Applies fixes: writes them, or shows them as a difference.</summary>
internal sealed class FixRun
{
    private readonly LintRun run;
    private readonly FixSafety least;
    private readonly FixResult result;
    private int hiddenCount;

    private FixRun(LintRun run, FixSafety least, Workspace workspace, FixResult result)
    {
        this.run = run;
        this.least = least;
        Workspace = workspace;
        this.result = result;
    }

    /// <summary>The files as they were read.</summary>
    public Workspace Workspace { get; }

    /// <summary>Finds what the fixes would change. Nothing is written yet.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isWritten">Whether the files will be written, so that those outside of the repository must stay.</param>
    /// <param name="isPreview">Whether they are only shown.</param>
    /// <param name="least">The safety that a fix needs at least.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static FixRun Create(LintRun run, bool isWritten, bool isPreview, FixSafety least, CancellationToken cancellationToken)
    {
        Workspace? first = null;
        AnalysisResult Analyze(IFileSource source, IReadOnlySet<string> changed, CancellationToken token)
        {
            var workspace = run.Load(source, token, first, changed);
            first ??= workspace;
            return run.Analyze(workspace, token);
        }

        string? Refuse(string path) => isWritten ? RepositoryFile.Refusal(run.Source, first!.RepositoryRoot, path) : null;
        var result = new FixApplier(Analyze, run.Host.CurrentDirectory, Refuse).Apply(run.Source, least, cancellationToken);
        run.Timings.Tell(() => result.Applied.SelectMany(item => item.Fix.Edits.SelectMany(file => file.Edits.Select(edit =>
            $"  {(isPreview ? "would fix" : "fixing")} {item.Diagnostic.Rule.Id} at {new Location(file.Text, edit.Span)}: {item.Fix.Title}"))));
        return new FixRun(run, least, first!, result);
    }

    /// <summary>Writes the difference, with paths from the repository's root, as <c>git apply</c> takes it.</summary>
    /// <returns>Whether there is one.</returns>
    public bool WriteDiff()
    {
        var report = run.Report(Workspace, result.Remaining, showSuppressed: false);
        foreach (var file in result.Files)
        {
            var diff = UnifiedDiff.Create(report.RepositoryPath(file.DisplayPath), file.Before.AsSpan(), file.After.AsSpan(), SecretLines.IsSecret);
            run.Host.Output.Write(diff.Text);
            hiddenCount += diff.HiddenCount;
        }

        return !result.Files.IsEmpty;
    }

    /// <summary>Writes the files.</summary>
    /// <returns>What is left, with notes on what was done; and whether all files could be written.</returns>
    public (Workspace Workspace, AnalysisResult Remaining, ImmutableArray<RunNote> Notes, bool IsComplete) WriteFiles(CancellationToken cancellationToken)
    {
        var notes = ImmutableArray.CreateBuilder<RunNote>();
        var unwritten = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in result.Files)
        {
            if (RepositoryFile.Write(run.Source, Workspace.RepositoryRoot, file.Path, file.Before.AsSpan(), file.After.AsSpan()) is { } reason)
            {
                unwritten.Add(file.DisplayPath);
                notes.Add(new RunNote(RunNoteKind.Execution, Severity.Error, $"{file.DisplayPath} was not fixed: {reason}"));
            }
        }

        // What is left in a file that could not be written is what the disk says now.
        var workspace = unwritten.Count == 0 ? Workspace : run.Load(new KnownPaths(new DiskFileSource()), cancellationToken);
        var remaining = unwritten.Count == 0 ? result.Remaining : run.Analyze(workspace, cancellationToken);
        return (workspace, remaining, [.. notes, .. Notes("Fixed", unwritten, remaining)], unwritten.Count == 0);
    }

    /// <summary>What is to be said of fixes that are only shown, once they are.</summary>
    public ImmutableArray<RunNote> PreviewNotes()
    {
        var notes = Notes("Would fix", [], result.Remaining);
        return hiddenCount == 0 ? notes : notes.Add(new RunNote(
            RunNoteKind.Execution,
            Severity.Warning,
            $"{Plural(hiddenCount, "change")} not shown, for a credential or a Secret's value would be; --fix writes {(hiddenCount == 1 ? "it" : "them")}"));
    }

    private ImmutableArray<RunNote> Notes(string verb, HashSet<string> unwritten, AnalysisResult remaining)
    {
        var notes = ImmutableArray.CreateBuilder<RunNote>();
        foreach (var drop in result.Dropped)
        {
            notes.Add(new RunNote(
                RunNoteKind.Execution,
                Severity.Warning,
                $"{drop.Diagnostic.Rule.Id} was not fixed: '{drop.Fix.Title}' was dropped because {drop.Reason}",
                drop.Diagnostic.Location));
        }

        var count = result.Applied.Count(item => !item.Fix.Edits.Any(file => unwritten.Contains(file.Text.Path)));
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{verb} {Plural(count, "finding")} in {Plural(result.Files.Length - unwritten.Count, "file")}; {remaining.Diagnostics.Length} left");
        var unsafeCount = least == FixSafety.Unsafe ? 0 : remaining.Diagnostics.Count(item => item.Fixes.Any(fix => fix.Safety == FixSafety.Unsafe));
        if (unsafeCount > 0)
        {
            summary += string.Create(CultureInfo.InvariantCulture, $", {unsafeCount} of them for --unsafe-fixes");
        }

        if (result.Rounds == FixApplier.MaxRounds)
        {
            summary += "; another run may fix more";
        }

        notes.Add(new RunNote(RunNoteKind.Execution, Severity.Info, summary));
        return notes.ToImmutable();
    }

    private static string Plural(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
