using KubeLint.Analysis;
using KubeLint.LanguageServer.Repositories;

namespace KubeLint.LanguageServer.Features.Explain;

/// <summary>The pages of rules, KubeLint's and a repository's own.</summary>
internal static class RulePages
{
    /// <summary>A rule's page, in Markdown; null where it has none.</summary>
    public static string? Read(LanguageServerSetup setup, RepositorySetup repository, RuleDescriptor rule) =>
        rule.IsBuiltIn ? setup.ReadPage(rule) : repository.CustomPages.GetValueOrDefault(rule.Id);
}
