using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>What the configuration and the options of a command say of the clusters.</summary>
internal static class FluxSettings
{
    /// <summary>The options with which the clusters are built.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="options">The options of the command, which override it.</param>
    /// <param name="host">The world around the run.</param>
    public static FluxOptions From(LintConfiguration configuration, ClusterOptions options, CliHost host)
    {
        var flux = configuration.ToFluxOptions();
        if (!options.Entry.Any())
        {
            return flux;
        }

        var isPath = options.Entry.ToLookup(entry => Path.Exists(FromHere(entry)));
        return flux with { EntryPoints = [.. isPath[true].Select(FromHere)], EntryNames = [.. isPath[false]] };

        string FromHere(string path) => YamlFileCache.Normalize(Path.Combine(host.CurrentDirectory, path));
    }

    /// <summary>Builds the clusters, and sees that each entry point of the command line is there.</summary>
    /// <param name="workspace">The files.</param>
    /// <param name="flux">The options with which the clusters are built.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="UsageException">No Flux Kustomization has a name that was asked for.</exception>
    public static RepositoryModel Build(Workspace workspace, FluxOptions flux, CancellationToken cancellationToken)
    {
        var model = RepositoryModelBuilder.Build(workspace, flux, cancellationToken);
        var points = model.Clusters.SelectMany(cluster => cluster.Entry.EntryPoints).ToImmutableArray();
        foreach (var name in flux.EntryNames)
        {
            if (!points.Any(point => name.EndsWith($"/{point.Kustomization.Name}", StringComparison.Ordinal)))
            {
                var names = workspace.WholeRepository(cancellationToken).SelectedFiles.SelectMany(file => file.Objects())
                    .Where(item => item.Is(FluxGroups.Kustomize, "Kustomization")).Select(item => $"{item.Namespace}/{item.Name}");
                var hint = NearestName.Find(name, names) is { } nearest ? $"; did you mean {nearest}?" : "";
                throw new UsageException($"--entry takes a file, a folder or NAMESPACE/NAME of a Flux Kustomization, and '{name}' is none of this repository{hint}");
            }
        }

        return model;
    }
}
