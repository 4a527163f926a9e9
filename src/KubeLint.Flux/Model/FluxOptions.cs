using System.Collections.Immutable;

namespace KubeLint.Flux;

/// <summary>What a user may say about a repository; nothing of it is needed for the usual layouts.</summary>
public sealed record FluxOptions
{
    /// <summary>The Flux version; null to take the one that the repository installs, or else the newest.</summary>
    public FluxVersion? Version { get; init; }

    /// <summary>
    /// The entry points: absolute paths of files with Flux Kustomizations, or of directories that a cluster syncs. Each is a
    /// cluster. Empty to find them.
    /// </summary>
    public ImmutableArray<string> EntryPoints { get; init; } = [];

    /// <summary>
    /// More entry points, as <c>namespace/name</c> of Flux Kustomizations. Each is a cluster of its own for each place that holds one
    /// of that name. Together with <see cref="EntryPoints"/>, they replace those that would be found.
    /// </summary>
    public ImmutableArray<string> EntryNames { get; init; } = [];

    /// <summary>Where sources that are not this repository are checked out: absolute directories by <c>Kind/namespace/name</c>.</summary>
    public ImmutableDictionary<string, string> Sources { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Variables of post-build substitution that the repository does not define; null where the value is not known either.</summary>
    public ImmutableDictionary<string, string?> Variables { get; init; } = ImmutableDictionary<string, string?>.Empty;
}
