using System.Collections.Immutable;

using KubeLint.Flux;

namespace KubeLint.Analysis;

/// <summary>What all callbacks of a run share.</summary>
/// <param name="Model">The repository.</param>
/// <param name="Settings">What is configured of it.</param>
/// <param name="Pins">The tag to pin each image to, by its name.</param>
/// <param name="CancellationToken">Ends the run.</param>
internal sealed record RunState(
    RepositoryModel Model,
    RepositorySettings Settings,
    ImmutableDictionary<string, string> Pins,
    CancellationToken CancellationToken);
