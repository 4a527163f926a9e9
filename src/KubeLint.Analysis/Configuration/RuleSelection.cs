using System.Collections.Immutable;

namespace KubeLint.Analysis;

/// <summary>Which rules a run is limited to, by id, name or family. The rules about the run itself always run.</summary>
/// <param name="Select">The only rules to run, even those that are off; empty for all that are on.</param>
/// <param name="Ignore">Rules not to run.</param>
public sealed record RuleSelection(ImmutableArray<string> Select, ImmutableArray<string> Ignore)
{
    /// <summary>What the configuration says, no more and no less.</summary>
    public static RuleSelection All { get; } = new([], []);
}
