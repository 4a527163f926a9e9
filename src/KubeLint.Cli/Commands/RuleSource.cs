using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Reporting;
using KubeLint.Rules;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>The rules of a run: KubeLint's, the repository's own, and those of assemblies that the user names.</summary>
/// <param name="Catalog">All of them.</param>
/// <param name="CustomPages">The pages of those that are not KubeLint's, by id.</param>
internal sealed record RuleSource(RuleCatalog Catalog, ImmutableDictionary<string, string> CustomPages)
{
    /// <summary>The rules for what the options name. The repository's own are data and always read; assemblies are code and only loaded where the user says so.</summary>
    /// <param name="options">The options.</param>
    /// <param name="assemblies">The files of assemblies.</param>
    /// <param name="source">Where files are.</param>
    /// <param name="host">The world around the run.</param>
    /// <exception cref="UsageException">Something in a file is wrong; that is then shown already.</exception>
    public static RuleSource Load(CommonOptions options, IEnumerable<string> assemblies, IFileSource source, CliHost host)
    {
        var start = ConfigurationSource.Find(options, source, host) is { } path ? path[..Math.Max(1, path.LastIndexOf('/'))] : ConfigurationSource.Folder(options, host);
        return Load(options.NoConfig ? null : start, options.Color, assemblies, source, host);
    }

    /// <summary>The rules that hold in a folder.</summary>
    /// <param name="start">The absolute folder; null for none of a repository.</param>
    /// <param name="color">When colours are written.</param>
    /// <param name="assemblies">The files of assemblies.</param>
    /// <param name="source">Where files are.</param>
    /// <param name="host">The world around the run.</param>
    /// <exception cref="UsageException">Something in a file is wrong; that is then shown already.</exception>
    public static RuleSource Load(string? start, string? color, IEnumerable<string> assemblies, IFileSource source, CliHost host)
    {
        var pages = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var rules = host.Rules.ToBuilder();
        foreach (var assembly in assemblies)
        {
            foreach (var rule in RuleAssembly.Load(YamlFileCache.Normalize(Path.Combine(host.CurrentDirectory, assembly)), assembly))
            {
                if (rules.Any(other => other.Descriptor.Id == rule.Descriptor.Id || other.Descriptor.Name == rule.Descriptor.Name))
                {
                    throw new UsageException($"--rules {assembly}: there is a rule '{rule.Descriptor.Id}' or '{rule.Descriptor.Name}' already");
                }

                rules.Add(rule);
                pages[rule.Descriptor.Id] = $"# {rule.Descriptor.Id} {rule.Descriptor.Name}\n\n{rule.Descriptor.Title}.\n\nA rule of `{assembly}`.\n";
            }
        }

        if (start is not null && CustomRuleLoader.Find(source, start) is { } folder)
        {
            var custom = CustomRuleLoader.Load(new YamlFileCache(source, host.CurrentDirectory), folder, rules);
            Show(custom.Errors, color, host);
            rules.AddRange(custom.Rules);
            pages.AddRange(custom.Pages);
        }

        return new RuleSource(new RuleCatalog(rules.ToImmutable()), pages.ToImmutable());
    }

    /// <summary>A rule's page, in Markdown.</summary>
    public string ReadPage(RuleDescriptor rule) => CustomPages.TryGetValue(rule.Id, out var page) ? page : BuiltInRules.ReadPage(rule);

    private static void Show(ImmutableArray<ConfigurationError> errors, string? color, CliHost host)
    {
        if (errors.IsEmpty)
        {
            return;
        }

        var style = ColorChoice.Style(color, host, host.IsErrorTerminal);
        foreach (var error in errors)
        {
            PlacedMessage.Write(error.Location, Severity.Error, error.Message, style, host.Error);
        }

        throw new UsageException(errors.Length == 1 ? "the rules of this repository have an error" : $"the rules of this repository have {errors.Length} errors");
    }
}
