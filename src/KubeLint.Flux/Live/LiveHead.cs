using System.Collections.Immutable;

namespace KubeLint.Flux.Live;

/// <summary>Where the repository's branch stands, to tell whether a cluster is behind it.</summary>
/// <param name="Branch">The branch as a person names it: <c>main</c>, <c>origin/main</c>.</param>
/// <param name="Commit">Its newest commit.</param>
/// <param name="Older">Commits that clusters applied and that the branch contains, with how many commits came after each.</param>
public sealed record LiveHead(string Branch, string Commit, ImmutableDictionary<string, int> Older);
