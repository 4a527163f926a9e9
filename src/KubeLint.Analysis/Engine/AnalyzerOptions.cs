namespace KubeLint.Analysis;

/// <summary>How the engine runs.</summary>
public sealed record AnalyzerOptions
{
    /// <summary>Whether an exception of a rule ends the run instead of becoming a KL0001 finding: for tests.</summary>
    public bool ThrowOnRuleFailure { get; init; }

    /// <summary>How many threads call rules; -1 for as many as there are processors.</summary>
    public int MaxDegreeOfParallelism { get; init; } = -1;
}
