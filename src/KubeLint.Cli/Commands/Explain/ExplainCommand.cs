using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary><c>kubelint explain</c>: a rule's page, the same that <c>docs/rules</c> holds.</summary>
internal static class ExplainCommand
{
    public static Task<int> RunAsync(ExplainOptions options, CliHost host, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (options.Rule is not { } name)
        {
            throw new UsageException("explain needs a rule, such as KL1001 or image-latest-tag; 'kubelint rules' lists all");
        }

        var source = RuleSource.Load(YamlFileCache.Normalize(host.CurrentDirectory), null, options.Assemblies, new DiskFileSource(), host);
        var catalog = source.Catalog;
        if (catalog.Find(name) is not { } rule)
        {
            throw new UsageException(RuleFamily.Parse(name) is null ? catalog.DescribeUnknown(name) : $"'{name}' is a family; 'kubelint rules {name}' lists its rules");
        }

        if (catalog.NoteOn(name) is { } note)
        {
            host.Error.WriteLine($"note: {note}");
        }

        host.Output.Write(source.ReadPage(rule.Descriptor).TrimEnd() + "\n");
        return Task.FromResult(ExitCodes.Success);
    }
}
