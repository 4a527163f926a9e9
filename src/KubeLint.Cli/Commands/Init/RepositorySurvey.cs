using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>What a repository holds, as far as a configuration can say something of it.</summary>
internal sealed record RepositorySurvey
{
    private static readonly string[] ParkedNames = [".archive", "archive", "archived", "_archive", "attic", "graveyard"];

    /// <summary>What is to be linted, relative to the root.</summary>
    public required string Linted { get; init; }

    /// <summary>One sentence on what was found.</summary>
    public required string Summary { get; init; }

    /// <summary>The clusters: the path of each entry point relative to the root, and what is there.</summary>
    public ImmutableArray<(string Path, string Remark)> EntryPoints { get; init; } = [];

    /// <summary>Whether naming these entry points gives the same clusters as finding them.</summary>
    public bool AreEntryPointsCertain { get; init; }

    /// <summary>The Flux version that decides.</summary>
    public FluxVersion FluxVersion { get; init; } = FluxVersion.Newest;

    /// <summary>Folders of files that are set aside.</summary>
    public ImmutableArray<string> Parked { get; init; } = [];

    /// <summary>Registries with the count of their images; most first.</summary>
    public ImmutableArray<(string Host, int Count)> Registries { get; init; } = [];

    /// <summary>Registries of images for which a pull secret is written.</summary>
    public ImmutableArray<string> WithPullSecrets { get; init; } = [];

    /// <summary>Looks at a repository.</summary>
    /// <param name="source">Where files are.</param>
    /// <param name="root">The absolute root.</param>
    /// <param name="linted">What is to be linted, relative to the root.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static RepositorySurvey Make(IFileSource source, string root, string linted, CancellationToken cancellationToken)
    {
        var workspace = Workspace.Load(source, new WorkspaceOptions { BaseDirectory = root, Paths = [linted] }, cancellationToken);
        var model = RepositoryModelBuilder.Build(workspace, new FluxOptions(), cancellationToken);
        var points = EntryPointsOf(model, root);
        var named = new FluxOptions { EntryPoints = [.. points.Select(point => YamlFileCache.Normalize(Path.Combine(root, point.Path)))] };
        var images = model.Objects.SelectMany(item => model.ImagesOf(item)).Where(image => image.RegistryHost is not null).ToList();
        return new RepositorySurvey
        {
            Linted = linted,
            Summary = string.Create(
                CultureInfo.InvariantCulture,
                $"found {Count(model.Clusters.Length, "cluster")}, {Count(model.Clusters.Sum(cluster => cluster.Kustomizations.Length), "Flux Kustomization")}, {Count(model.Clusters.Sum(cluster => cluster.Releases.Length), "HelmRelease")}, {Count(model.Objects.Length, "object")} in {Count(workspace.SelectedFiles.Length, "file")}"),
            EntryPoints = points,
            AreEntryPointsCertain = !points.IsEmpty && IsSame(model, RepositoryModelBuilder.Build(workspace, named, cancellationToken)),
            FluxVersion = model.Clusters.IsEmpty ? FluxVersion.Newest : model.Clusters.Min(cluster => cluster.Version),
            Parked = ParkedOf(model),
            Registries =
            [
                .. images.GroupBy(image => image.RegistryHost!, StringComparer.Ordinal).Select(group => (Host: group.Key, Count: group.Count()))
                    .OrderByDescending(pair => pair.Count).ThenBy(pair => pair.Host, StringComparer.Ordinal),
            ],
            WithPullSecrets =
            [
                .. images.Where(image => !image.Credentials.PullSecrets.IsEmpty).Select(image => image.RegistryHost!)
                    .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ],
        };
    }

    // A file that holds the Kustomization; of one that nobody wrote, the folder that it syncs.
    private static ImmutableArray<(string Path, string Remark)> EntryPointsOf(RepositoryModel model, string root)
    {
        var result = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var cluster in model.Clusters)
        {
            foreach (var point in cluster.Entry.EntryPoints)
            {
                var isWritten = point.Kind is EntryPointKind.SelfManaged or EntryPointKind.NotProduced;
                var absolute = isWritten
                    ? Path.Combine(root, point.Kustomization.Root.Location.Text.Path)
                    : Path.Combine(point.SourceRoot, (point.Kustomization.Root.GetString("spec", "path") ?? ".").TrimStart('/'));
                var path = Path.GetRelativePath(root, YamlFileCache.Normalize(absolute)).Replace('\\', '/');
                result.Add((path, $"cluster {cluster.Name}, Kustomization {point.Kustomization.Namespace ?? "default"}/{point.Kustomization.Name}"));
            }
        }

        return [.. result.DistinctBy(point => point.Item1)];
    }

    private static bool IsSame(RepositoryModel found, RepositoryModel named)
    {
        return Shape(found).SequenceEqual(Shape(named));

        static IEnumerable<string> Shape(RepositoryModel model) => model.Clusters
            .Select(cluster => $"{cluster.Version} {cluster.FeatureGates.Length} {string.Join(' ', cluster.Kustomizations.Select(item => item.Id.ToString()).Order(StringComparer.Ordinal))} {cluster.Objects().Length}")
            .Order(StringComparer.Ordinal);
    }

    // A folder that is called so, and of which no entry point reaches anything.
    private static ImmutableArray<string> ParkedOf(RepositoryModel model)
    {
        var unreached = model.UnreachedFiles.Select(file => file.File.Path).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. model.Workspace.SelectedFiles.Select(file => (Folder: ParkedFolder(file.DisplayPath), IsFree: unreached.Contains(file.Path) || !file.Objects().Any()))
                .Where(file => file.Folder is not null).GroupBy(file => file.Folder!, StringComparer.Ordinal)
                .Where(folder => folder.All(file => file.IsFree)).Select(folder => folder.Key),
        ];
    }

    private static string? ParkedFolder(string path)
    {
        var parts = path.Split('/');
        var index = Array.FindIndex(parts, 0, parts.Length - 1, part => ParkedNames.Contains(part));
        return index < 0 ? null : string.Join('/', parts.Take(index + 1)) + "/";
    }

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
