using System.Collections.Immutable;

using KubeLint.Flux.Live;

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

    /// <summary>
    /// The images that registries say they have not, by their whole reference (<see cref="KubeLint.Flux.Images.ContainerImage.WholeReference"/>), with
    /// their words; null where a run asks none.
    /// </summary>
    public ImmutableDictionary<string, string>? AbsentImages { get; init; }

    /// <summary>JSON Schemas that were fetched before the run, by absolute address: rules fetch nothing.</summary>
    public ImmutableDictionary<string, string> FetchedSchemas { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The running cluster that the repository is compared with; null where a run looks at none.</summary>
    public LiveCluster? Live { get; init; }

    /// <summary>How many threads call rules; -1 for as many as there are processors.</summary>
    public int MaxDegreeOfParallelism { get; init; } = -1;
}
