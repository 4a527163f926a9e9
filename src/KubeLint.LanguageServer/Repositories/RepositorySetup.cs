using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Repositories;

/// <summary>How a folder is linted: its configuration and rules, KubeLint's and its own. Immutable.</summary>
/// <param name="Configuration">What is configured.</param>
/// <param name="Rules">The rules.</param>
/// <param name="CustomPages">The pages of the folder's own rules, in Markdown, by id.</param>
/// <param name="Errors">What is wrong in those files.</param>
/// <param name="Files">The absolute paths of the files that say all this; a change of one of them makes a new setup.</param>
internal sealed record RepositorySetup(
    LintConfiguration Configuration,
    RuleSet Rules,
    ImmutableDictionary<string, string> CustomPages,
    ImmutableArray<ConfigurationError> Errors,
    ImmutableHashSet<string> Files)
{
    /// <summary>Runs the rules.</summary>
    public Analyzer Analyzer { get; } = new(Rules);

    /// <summary>Reads what holds in a folder.</summary>
    /// <param name="source">Where files are.</param>
    /// <param name="folder">The absolute folder.</param>
    /// <param name="configFile">The configuration to use; null for the nearest.</param>
    /// <param name="builtIn">KubeLint's rules.</param>
    public static RepositorySetup Load(IFileSource source, string folder, string? configFile, ImmutableArray<RuleEntry> builtIn)
    {
        var cache = new YamlFileCache(source, folder);
        var path = configFile is null ? ConfigurationLoader.Find(source, folder) : YamlFileCache.Normalize(Path.Combine(folder, configFile));
        var start = path is null ? folder : path[..Math.Max(1, path.LastIndexOf('/'))];
        var custom = CustomRuleLoader.Find(source, start) is { } rules ? CustomRuleLoader.Load(cache, rules, builtIn) : CustomRules.None;
        var catalog = new RuleCatalog([.. builtIn, .. custom.Rules]);
        var read = path is null || !source.FileExists(path) ? new ConfigurationResult(LintConfiguration.Default, [], []) : ConfigurationLoader.Load(cache, path, catalog);
        return new RepositorySetup(
            read.Configuration,
            RuleSet.Create(catalog, read.Configuration, new RuleSelection([], []), folder),
            custom.Pages,
            [.. custom.Errors, .. read.Errors],
            [.. read.Configuration.Paths]);
    }

    /// <summary>Whether a path is one that says how the folder is linted.</summary>
    public bool IsAbout(string path) =>
        Files.Contains(path) || path.EndsWith("/" + LintConfiguration.FileName, StringComparison.Ordinal) || path.Contains($"/{CustomRuleLoader.Folder}/", StringComparison.Ordinal);
}
