using System.Collections.Immutable;

namespace KubeLint.Analysis;

/// <summary>What applying fixes would change. Nothing is written yet.</summary>
/// <param name="Files">The files that change, ordered by path.</param>
/// <param name="Applied">The fixes that were applied.</param>
/// <param name="Dropped">The fixes that would do harm.</param>
/// <param name="Remaining">What is found afterwards.</param>
/// <param name="Rounds">How many rounds it took; <see cref="FixApplier.MaxRounds"/> may mean that more is left to fix.</param>
public sealed record FixResult(
    ImmutableArray<FixedFile> Files,
    ImmutableArray<AppliedFix> Applied,
    ImmutableArray<DroppedFix> Dropped,
    AnalysisResult Remaining,
    int Rounds);

/// <summary>A file that changes.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="DisplayPath">The path to show.</param>
/// <param name="Before">Its bytes as they were read: who writes compares them with the disk first.</param>
/// <param name="After">Its new bytes.</param>
public sealed record FixedFile(string Path, string DisplayPath, ImmutableArray<byte> Before, ImmutableArray<byte> After);

/// <summary>A fix that was applied.</summary>
/// <param name="Diagnostic">The finding that it mends.</param>
/// <param name="Fix">The fix.</param>
public sealed record AppliedFix(Diagnostic Diagnostic, Fix Fix);

/// <summary>A fix that was not applied.</summary>
/// <param name="Diagnostic">The finding that stays.</param>
/// <param name="Fix">The fix.</param>
/// <param name="Reason">What would have happened.</param>
public sealed record DroppedFix(Diagnostic Diagnostic, Fix Fix, string Reason);
