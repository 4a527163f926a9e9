using System.Collections.Concurrent;
using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>The names of a kind in a namespace. What is asked twice is looked for once: thousands may refer to the one thing that is missing.</summary>
/// <param name="names">The names, in the order of the cluster.</param>
internal sealed class NameIndex(IEnumerable<string> names)
{
    private readonly ImmutableArray<NearestName.Candidate> candidates = [.. names.Select(name => new NearestName.Candidate(name))];
    private readonly ConcurrentDictionary<string, string?> found = new(StringComparer.Ordinal);

    /// <summary>The nearest name; null where none is near.</summary>
    public string? Nearest(string name) => found.GetOrAdd(name, static (name, candidates) => NearestName.Find(name, candidates.AsSpan()), candidates);
}
