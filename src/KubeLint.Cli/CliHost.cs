using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Rules;

namespace KubeLint.Cli;

/// <summary>The world around a run: everything that a command may read or write besides files.</summary>
public sealed record CliHost
{
    private readonly ImmutableArray<RuleEntry> rules;

    /// <summary>Standard input.</summary>
    public required Stream Input { get; init; }

    /// <summary>Standard output as text: the report and nothing else.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard output as bytes, for what is no text; null where there is none.</summary>
    public Stream? RawOutput { get; init; }

    /// <summary>Standard error: errors, progress, timings.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person watches standard output.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Whether a person watches standard error.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>How many columns the terminal has; null where there is none.</summary>
    public int? TerminalWidth { get; init; }

    /// <summary>The absolute working directory.</summary>
    public required string CurrentDirectory { get; init; }

    /// <summary>Reads an environment variable; null where it is not set.</summary>
    public Func<string, string?> GetEnvironmentVariable { get; init; } = static _ => null;

    /// <summary>KubeLint's own rules. Not made before a command asks for them.</summary>
    public ImmutableArray<RuleEntry> Rules
    {
        get => rules.IsDefault ? BuiltInRules.All : rules;
        init => rules = value;
    }

    /// <summary>Watches a folder and tells the paths of what changes below it, until it is disposed.</summary>
    public Func<string, Action<string>, IDisposable> WatchFiles { get; init; } = FolderWatch.Start;

    /// <summary>The clock, for timings that are shown.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
