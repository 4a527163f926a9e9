using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Cluster;
using KubeLint.Cluster.Reports;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>Runs <c>kubelint diagnose</c>.</summary>
internal static class DiagnoseCommand
{
    public static Task<int> RunAsync(DiagnoseArguments arguments, CliHost host, CancellationToken cancellationToken)
    {
        var parts = (arguments.Target ?? "").Split('/');
        if (parts.Length is not (2 or 3) || parts.Any(part => part.Length == 0))
        {
            throw new UsageException("diagnose takes one workload as NAMESPACE/NAME\nTry 'kubelint diagnose --help'");
        }

        var options = new DiagnoseOptions
        {
            Namespace = parts[0],
            Name = parts[^1],
            Kind = parts.Length == 3 ? parts[1] : null,
            Kubeconfig = arguments.Kubeconfig is null ? null : Path.Combine(host.CurrentDirectory, arguments.Kubeconfig),
            Context = arguments.Context,
            Repository = Path.Combine(host.CurrentDirectory, arguments.Repository ?? "."),
            Offline = arguments.Offline,
            InsecureRegistries = [.. arguments.InsecureRegistries, .. Configured(arguments, host)],
            Format = arguments.Format switch
            {
                null or "text" => ReportFormat.Text,
                "json" => ReportFormat.Json,
                "markdown" => ReportFormat.Markdown,
                var other => throw new UsageException($"--format takes text, json or markdown, not '{other}'"),
            },
            Watch = arguments.Watch,
            WatchLimit = arguments.Timeout is null ? TimeSpan.FromMinutes(10) : ReadTime(arguments.Timeout),
            Bundle = arguments.Bundle is null ? null : Path.Combine(host.CurrentDirectory, arguments.Bundle),
            Apply = arguments.Apply,
            FromDockerConfig = arguments.FromDockerConfig is null ? null : Path.Combine(host.CurrentDirectory, arguments.FromDockerConfig),
            Yes = arguments.Yes,
        };
        if (arguments.Repository is not null && !Directory.Exists(options.Repository))
        {
            throw new UsageException($"--repo {arguments.Repository}: there is no such folder");
        }

        return new DiagnoseRun(options, host.Output, host.Error, question => Ask(question, host), host.Clock).RunAsync(cancellationToken);
    }

    /// <summary>The registries that the repository's configuration lists as insecure; none where there is no configuration, or a wrong one.</summary>
    private static ImmutableArray<string> Configured(DiagnoseArguments arguments, CliHost host)
    {
        var source = new DiskFileSource();
        return ConfigurationLoader.Find(source, YamlFileCache.Normalize(Path.Combine(host.CurrentDirectory, arguments.Repository ?? "."))) is { } path
            ? ConfigurationLoader.Load(new YamlFileCache(source, host.CurrentDirectory), path, RuleSource.Load(YamlFileCache.Normalize(host.CurrentDirectory), null, [], source, host).Catalog).Configuration.Settings.Registries.Insecure
            : [];
    }

    private static bool Ask(string question, CliHost host)
    {
        host.Output.Flush();
        host.Error.Write($"{question} [y/N] ");
        using var reader = new StreamReader(host.Input, leaveOpen: true);
        return reader.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private static TimeSpan ReadTime(string text)
    {
        var unit = text.Length == 0 ? ' ' : text[^1];
        return double.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? unit switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                _ => throw Wrong(),
            }
            : throw Wrong();

        UsageException Wrong() => new($"--timeout takes a time such as 90s, 10m or 1h, not '{text}'");
    }
}
