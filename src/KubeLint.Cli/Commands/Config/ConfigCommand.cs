using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary><c>kubelint config</c>: every value in force, and its place.</summary>
internal static class ConfigCommand
{
    public static Task<int> RunAsync(ConfigOptions options, CliHost host, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var catalog = RuleSource.Load(options, [], new DiskFileSource(), host).Catalog;
        var result = ConfigurationSource.Load(options, catalog, new DiskFileSource(), host);
        var configuration = result.Configuration;
        foreach (var path in configuration.Paths)
        {
            host.Output.WriteLine($"# {Path.GetRelativePath(host.CurrentDirectory, path).Replace('\\', '/')}");
        }

        if (configuration.Paths.IsEmpty)
        {
            host.Output.WriteLine($"# no {LintConfiguration.FileName}: these are the defaults");
        }

        var rules = RuleSet.Create(catalog, configuration, RuleSelection.All, host.CurrentDirectory);
        foreach (var value in configuration.Values.Concat(rules.Describe()))
        {
            host.Output.WriteLine($"{value.Path}: {value.Value}{(value.Origin is { } origin ? $"  # {origin}" : "")}");
        }

        return Task.FromResult(ExitCodes.Success);
    }
}
