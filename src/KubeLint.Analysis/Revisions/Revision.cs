using KubeLint.Flux;

namespace KubeLint.Analysis;

/// <summary>The repository at a git revision, to compare with.</summary>
/// <param name="Name">The revision as the user wrote it: <c>origin/main</c>.</param>
/// <param name="Model">What its clusters got then, built with today's configuration.</param>
public sealed record Revision(string Name, RepositoryModel Model);
