using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Kustomize;
using KubeLint.Kustomize.Output;
using KubeLint.Reporting;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary><c>kubelint build</c>: what a folder or a Flux Kustomization gives.</summary>
internal static class BuildCommand
{
    public static Task<int> RunAsync(BuildOptions options, CliHost host, CancellationToken cancellationToken)
    {
        if (options.All)
        {
            return Task.FromResult(BuildAll(options, host, cancellationToken));
        }

        var (objects, problems) = options.Kustomization is { } name
            ? BuildKustomization(RepositoryReader.Read(options, host, cancellationToken), name, options.Cluster)
            : BuildDirectory(options, host, cancellationToken);
        WriteProblems(problems, options, host);
        host.Output.Write(Print(objects, options));
        return Task.FromResult(problems.Count == 0 ? ExitCodes.Success : ExitCodes.Findings);
    }

    private static int BuildAll(BuildOptions options, CliHost host, CancellationToken cancellationToken)
    {
        if (options.Kustomization is not null || options.Cluster is not null)
        {
            throw new UsageException("--all goes with folders, not with --kustomization or --cluster");
        }

        var files = new YamlFileCache(new DiskFileSource(), host.CurrentDirectory);
        var failed = false;
        foreach (var (folder, result) in FolderBuilds.Run(files, [.. options.Paths], cancellationToken))
        {
            var problems = Errors(result);
            failed |= problems.Count > 0;
            WriteProblems(problems, options, host);
            host.Output.Write($"# {DisplayText.Escape(folder)}\n");
            host.Output.Write(Print(result.Objects, options));
        }

        return failed ? ExitCodes.Findings : ExitCodes.Success;
    }

    private static void WriteProblems(List<(string Message, Location Where)> problems, BuildOptions options, CliHost host)
    {
        var style = ColorChoice.Style(options.Color, host, host.IsErrorTerminal);
        foreach (var (message, where) in problems)
        {
            PlacedMessage.Write(where, Severity.Error, message, style, host.Error);
        }
    }

    private static string Print(IReadOnlyList<YamlMapping> objects, BuildOptions options) =>
        options.Origins ? KustomizeYamlWriter.WriteWithOrigins(objects) : KustomizeYamlWriter.Write(objects);

    private static List<(string Message, Location Where)> Errors(KustomizeResult result) =>
        [.. result.Problems.Where(problem => problem.Severity == KustomizeSeverity.Error).Select(problem => (problem.Message, problem.Where))];

    private static (IReadOnlyList<YamlMapping> Objects, List<(string Message, Location Where)> Problems) BuildDirectory(
        BuildOptions options, CliHost host, CancellationToken cancellationToken)
    {
        ImmutableArray<string> paths = [.. options.Paths];
        if (paths.Length > 1 || options.Cluster is not null || options.Entry.Any())
        {
            throw new UsageException(paths.Length > 1 ? "one folder is built at a time" : $"{(options.Cluster is null ? "--entry" : "--cluster")} goes with --kustomization");
        }

        var files = new YamlFileCache(new DiskFileSource(), host.CurrentDirectory);
        var directory = YamlFileCache.Normalize(Path.Combine(host.CurrentDirectory, paths.IsEmpty ? "." : paths[0]));
        var result = new KustomizeBuilder(files).Build(directory, null, cancellationToken);
        return (result.Objects, Errors(result));
    }

    private static (IReadOnlyList<YamlMapping> Objects, List<(string Message, Location Where)> Problems) BuildKustomization(
        RepositoryModel model, string name, string? cluster)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == name.Length - 1)
        {
            throw new UsageException($"--kustomization takes NAMESPACE/NAME, not '{name}'");
        }

        if (cluster is not null && !model.Clusters.Any(item => item.Name == cluster))
        {
            throw new UsageException($"there is no cluster '{cluster}'; there are: {string.Join(", ", model.Clusters.Select(item => item.Name))}");
        }

        var found = model.Clusters.Where(item => cluster is null || item.Name == cluster)
            .SelectMany(item => item.Kustomizations.Select(kustomization => (Cluster: item.Name, Kustomization: kustomization)))
            .Where(item => item.Kustomization.Id.Namespace == name[..slash] && item.Kustomization.Id.Name == name[(slash + 1)..]).ToList();
        switch (found.Count)
        {
            case 0:
                var names = model.Clusters.SelectMany(item => item.Kustomizations).Select(item => $"{item.Id.Namespace}/{item.Id.Name}");
                var nearest = NearestName.Find(name, names);
                throw new UsageException(nearest is null ? $"there is no Flux Kustomization {name}" : $"there is no Flux Kustomization {name}; did you mean {nearest}?");
            case > 1:
                throw new UsageException($"several clusters have a Flux Kustomization {name}; say which with --cluster: {string.Join(", ", found.Select(item => item.Cluster))}");
        }

        var one = found[0].Kustomization;
        var problems = one.Problems.Select(problem => (problem.Message, problem.Where)).ToList();
        if (one.State is KustomizationState.ExternalSource or KustomizationState.UnknownPath)
        {
            problems.Add(($"What Kustomization {name} applies is not known: {States.Describe(one)}", one.Object.Root.Location));
        }

        return ([.. one.Objects.Select(item => item.Object.Root)], problems);
    }
}
