using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>Reads a repository for the commands that show what its clusters get.</summary>
internal static class RepositoryReader
{
    /// <summary>The repository that the options name.</summary>
    /// <param name="options">The options.</param>
    /// <param name="host">The world around the run.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="UsageException">A path leads nowhere, or the configuration is wrong.</exception>
    public static RepositoryModel Read(ClusterOptions options, CliHost host, CancellationToken cancellationToken)
    {
        var source = new KnownPaths(new DiskFileSource());
        var configuration = ConfigurationSource.Load(options, RuleSource.Load(options, [], source, host).Catalog, source, host).Configuration;
        var workspace = Workspace.Load(
            source,
            configuration.ToWorkspaceOptions(host.CurrentDirectory, [.. options.Paths]),
            cancellationToken);
        return workspace.Errors.IsEmpty
            ? FluxSettings.Build(workspace, FluxSettings.From(configuration, options, host), cancellationToken)
            : throw new UsageException(string.Join("\nkubelint: ", workspace.Errors.Select(error => error.Message)));
    }
}
