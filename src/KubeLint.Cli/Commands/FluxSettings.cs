using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>What the configuration says of the clusters, with its paths made absolute.</summary>
internal static class FluxSettings
{
    /// <summary>The options with which the clusters are built.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="options">The options of the command, which override it.</param>
    /// <param name="host">The world around the run.</param>
    /// <exception cref="UsageException">The Flux version is none, or an entry point neither a path nor a name.</exception>
    public static FluxOptions From(LintConfiguration configuration, ClusterOptions options, CliHost host)
    {
        var settings = configuration.Settings;
        var directory = configuration.Directory ?? host.CurrentDirectory;
        var version = FluxVersion.Parse(settings.FluxVersion);
        if (settings.FluxVersion is { } written && version is null)
        {
            throw new UsageException($"fluxVersion must be a version such as 2.7, not '{written}'");
        }

        var variables = ImmutableDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in settings.Substitute.Values)
        {
            variables[name] = value;
        }

        foreach (var name in settings.Substitute.External)
        {
            variables[name] = null;
        }

        var paths = settings.EntryPoints.Select(Absolute).ToImmutableArray();
        var names = ImmutableArray<string>.Empty;
        if (options.Entry.Any())
        {
            var isPath = options.Entry.ToLookup(entry => Path.Exists(FromHere(entry)));
            paths = [.. isPath[true].Select(FromHere)];
            names = [.. isPath[false]];
        }

        return new FluxOptions
        {
            Version = version,
            EntryPoints = paths,
            EntryNames = names,
            Sources = settings.Sources.ToImmutableDictionary(entry => entry.Key, entry => Absolute(entry.Value), StringComparer.Ordinal),
            Variables = variables.ToImmutable(),
        };

        string FromHere(string path) => YamlFileCache.Normalize(Path.Combine(host.CurrentDirectory, path));

        string Absolute(string path) => YamlFileCache.Normalize(Path.Combine(directory, path));
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
