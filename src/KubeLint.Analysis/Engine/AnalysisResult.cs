using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>What a run found.</summary>
/// <param name="Diagnostics">The findings, ordered by path, position and rule id; no place twice for one rule.</param>
/// <param name="Suppressed">The findings that comments and annotations silenced, in the same order.</param>
public sealed record AnalysisResult(ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<SuppressedDiagnostic> Suppressed)
{
    /// <summary>What still works but should change: rules that suppressions call by a former name.</summary>
    public ImmutableArray<AnalysisNote> Notes { get; init; } = [];

    /// <summary>What kept rules from seeing all.</summary>
    internal HiddenParts Hidden { get; init; } = HiddenParts.None;
}

/// <summary>Something about a run that a user should know and that is no finding.</summary>
/// <param name="Message">One sentence without a final stop.</param>
/// <param name="Location">The place; null where there is none.</param>
public sealed record AnalysisNote(string Message, Location? Location = null);
