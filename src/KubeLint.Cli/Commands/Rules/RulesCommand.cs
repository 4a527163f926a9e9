using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Reporting;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary><c>kubelint rules</c>: what is checked.</summary>
internal static class RulesCommand
{
    public static Task<int> RunAsync(RulesOptions options, CliHost host, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var source = RuleSource.Load(YamlFileCache.Normalize(host.CurrentDirectory), null, options.Assemblies, new DiskFileSource(), host);
        var catalog = source.Catalog;
        ImmutableArray<string> names = [.. options.Names];
        if (names.FirstOrDefault(name => !catalog.IsKnown(name)) is { } unknown)
        {
            throw new UsageException(catalog.DescribeUnknown(unknown));
        }

        var rules = names.IsEmpty ? catalog.Rules : [.. names.SelectMany(name => catalog.Resolve(name)).Distinct()];
        ImmutableArray<RuleDescriptor> descriptors = [.. rules.Select(rule => rule.Descriptor).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
        switch (options.Format)
        {
            case null or "text":
                RuleList.WriteText(descriptors, host.Output);
                break;
            case "json":
                RuleList.WriteJson(descriptors, host.Output);
                break;
            case "markdown":
                RuleList.WriteMarkdown(descriptors, host.Output);
                break;
            default:
                throw new UsageException($"--format must be text, json or markdown, not '{options.Format}'");
        }

        return Task.FromResult(ExitCodes.Success);
    }
}
