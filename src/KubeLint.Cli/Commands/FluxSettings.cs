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
    /// <param name="host">The world around the run.</param>
    /// <exception cref="UsageException">The Flux version is none.</exception>
    public static FluxOptions From(LintConfiguration configuration, CliHost host)
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

        return new FluxOptions
        {
            Version = version,
            EntryPoints = [.. settings.EntryPoints.Select(Absolute)],
            Sources = settings.Sources.ToImmutableDictionary(entry => entry.Key, entry => Absolute(entry.Value), StringComparer.Ordinal),
            Variables = variables.ToImmutable(),
        };

        string Absolute(string path) => YamlFileCache.Normalize(Path.Combine(directory, path));
    }
}
