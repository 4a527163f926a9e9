using System.Collections.Immutable;

namespace KubeLint.Analysis;

/// <summary>How the engine runs.</summary>
public sealed record AnalyzerOptions
{
    /// <summary>Whether an exception of a rule ends the run instead of becoming a KL0001 finding: for tests.</summary>
    public bool ThrowOnRuleFailure { get; init; }

    /// <summary>
    /// The tag to pin each image to, by the image's name as <see cref="KubeLint.Flux.Images.ContainerImage.Name"/> tells it:
    /// versions that a person gave, perhaps with a digest (<c>1.64.2@sha256:…</c>).
    /// </summary>
    public ImmutableDictionary<string, string> Pins { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>How many threads call rules; -1 for as many as there are processors.</summary>
    public int MaxDegreeOfParallelism { get; init; } = -1;
}
