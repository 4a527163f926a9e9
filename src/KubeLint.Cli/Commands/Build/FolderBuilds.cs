using KubeLint.Flux;
using KubeLint.Kustomize;
using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>Builds every kustomization below some paths, side by side: a file that several share is parsed once.</summary>
internal static class FolderBuilds
{
    /// <summary>The folders that hold a kustomization, components aside, with what each builds; in ordinal order of the folders.</summary>
    /// <exception cref="UsageException">A path leads nowhere.</exception>
    public static IEnumerable<(string Folder, KustomizeResult Result)> Run(
        YamlFileCache files, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var found = Discovery.Find(
            files.Source, new WorkspaceOptions { BaseDirectory = files.BaseDirectory, Paths = paths.Count == 0 ? ["."] : [.. paths] }, cancellationToken);
        if (found.Errors.Length > 0)
        {
            throw new UsageException(found.Errors[0].Message);
        }

        var builder = new KustomizeBuilder(files);
        return found.Files.Where(FileClassification.IsKustomizationName).ToLookup(path => path[..path.LastIndexOf('/')], StringComparer.Ordinal)
            .AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Where(folder => !folder.Any(path => IsComponent(files.Parse(path))))
            .Select(folder => (files.Display(folder.Key), builder.Build(folder.Key, null, cancellationToken)));
    }

    private static bool IsComponent(YamlFile file) =>
        file.Documents.Any(document => KubernetesObject.From(document.Root) is { Kind: "Component", Group: "kustomize.config.k8s.io" });
}
