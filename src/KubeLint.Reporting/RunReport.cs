using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Reporting;

/// <summary>What a run found and what is worth knowing about it: the input of every reporter.</summary>
public sealed record RunReport
{
    /// <summary>The findings, in the order in which they are shown.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Findings that were silenced and are shown all the same, by the formats that can mark them.</summary>
    public ImmutableArray<SuppressedDiagnostic> Suppressed { get; init; } = [];

    /// <summary>The rules that ran, by id.</summary>
    public ImmutableArray<RuleDescriptor> Rules { get; init; } = [];

    /// <summary>Reads a rule's page, in Markdown, for the formats that carry it; empty for a rule without one.</summary>
    public Func<RuleDescriptor, string> ReadPage { get; init; } = static _ => "";

    /// <summary>What the reader should know of the run itself.</summary>
    public ImmutableArray<RunNote> Notes { get; init; } = [];

    /// <summary>How many files were read.</summary>
    public int FileCount { get; init; }

    /// <summary>KubeLint's own version, without build metadata.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>The absolute directory to which the paths of the findings are relative.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>The absolute root of the repository, to which the formats of CI systems want paths to be relative.</summary>
    public required string RepositoryRoot { get; init; }

    /// <summary>How many findings have this severity.</summary>
    public int Count(Severity severity) => Diagnostics.Count(diagnostic => diagnostic.Severity == severity);

    /// <summary>A finding's path relative to the repository's root, with <c>/</c>; it begins with <c>../</c> for a file outside of it.</summary>
    public string RepositoryPath(string path) =>
        BaseDirectory == RepositoryRoot ? path : Path.GetRelativePath(RepositoryRoot, Path.Combine(BaseDirectory, path)).Replace('\\', '/');
}

/// <summary>What a <see cref="RunNote"/> is about.</summary>
public enum RunNoteKind
{
    /// <summary>The work: what was skipped, what failed.</summary>
    Execution,

    /// <summary>The configuration and the command line.</summary>
    Configuration,
}

/// <summary>Something to know about the run that is no finding.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What to know, a sentence without a final stop.</param>
/// <param name="Location">The place, where there is one.</param>
public sealed record RunNote(RunNoteKind Kind, Severity Severity, string Message, Location? Location = null);
