using KubeLint.Analysis;
using KubeLint.Reporting;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>Finds and reads the configuration of a run; wrong ones end it.</summary>
internal static class ConfigurationSource
{
    /// <summary>Reads what the options and the place of the first path ask for.</summary>
    /// <param name="options">The options.</param>
    /// <param name="catalog">The rules that there are.</param>
    /// <param name="source">Where files are.</param>
    /// <param name="host">The world around the run.</param>
    /// <exception cref="UsageException">There is no such file, or something in it is wrong; that is then shown already.</exception>
    public static ConfigurationResult Load(CommonOptions options, RuleCatalog catalog, IFileSource source, CliHost host)
    {
        if (options.NoConfig)
        {
            return options.Config is null ? new ConfigurationResult(LintConfiguration.Default, [], [])
                : throw new UsageException("--config and --no-config exclude each other");
        }

        var path = Find(options, source, host);
        if (path is null)
        {
            return new ConfigurationResult(LintConfiguration.Default, [], []);
        }

        var result = ConfigurationLoader.Load(new YamlFileCache(source, host.CurrentDirectory), path, catalog);
        if (result.Errors.IsEmpty)
        {
            return result;
        }

        var style = ColorChoice.Style(options.Color, host, host.IsErrorTerminal);
        foreach (var error in result.Errors)
        {
            PlacedMessage.Write(error.Location, Severity.Error, error.Message, style, host.Error);
        }

        throw new UsageException(result.Errors.Length == 1 ? "the configuration has an error" : $"the configuration has {result.Errors.Length} errors");
    }

    /// <summary>The absolute path at or above which the configuration and the repository's root lie: the first path, of a glob what stands before its first wildcard.</summary>
    public static string Folder(CommonOptions options, CliHost host)
    {
        var first = options.Paths.FirstOrDefault(given => given != "-") ?? (options as LintOptions)?.StdinFileName ?? ".";
        var wildcard = first.IndexOfAny(['*', '?', '[', '{']);
        var folder = wildcard < 0 ? first : first[..(first.LastIndexOf('/', wildcard) + 1)];
        return YamlFileCache.Normalize(Path.Combine(host.CurrentDirectory, folder));
    }

    /// <summary>The files of a configuration, in words.</summary>
    public static IEnumerable<string> Describe(LintConfiguration configuration, CliHost host)
    {
        var paths = configuration.Paths.Select(path => Path.GetRelativePath(host.CurrentDirectory, path).Replace('\\', '/')).ToList();
        yield return paths switch
        {
            [] => "Configuration: none",
            [var only] => $"Configuration: {only}",
            [var first, .. var rest] => $"Configuration: {first}, which extends {string.Join(", ", rest)}",
        };
    }

    /// <summary>The configuration file of the options: the one that they name, or the nearest to the first path; null where there is none.</summary>
    public static string? Find(CommonOptions options, IFileSource source, CliHost host)
    {
        if (options.Config is { } asked)
        {
            var path = YamlFileCache.Normalize(Path.Combine(host.CurrentDirectory, asked));
            return source.FileExists(path) ? path : throw new UsageException($"there is no configuration file '{asked}'");
        }

        return ConfigurationLoader.Find(source, Folder(options, host));
    }
}
