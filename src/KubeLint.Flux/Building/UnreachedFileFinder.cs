using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Tells which files with objects no cluster gets, and why.</summary>
internal static class UnreachedFileFinder
{
    /// <summary>The files, in the order of the workspace.</summary>
    /// <param name="workspace">The files that are asked for.</param>
    /// <param name="whole">All files of the repository: what names a file may lie beside those asked for.</param>
    /// <param name="clusters">The clusters.</param>
    /// <param name="reach">Tells what kustomizations name.</param>
    /// <param name="reached">The shown paths of the files that entry points and builds read.</param>
    public static ImmutableArray<UnreachedFile> Find(
        Workspace workspace, Workspace whole, IReadOnlyList<FluxCluster> clusters, KustomizationReach reach, out IReadOnlySet<string> reached)
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        reached = read;
        var unresolved = new List<FluxKustomization>();
        foreach (var cluster in clusters)
        {
            foreach (var point in cluster.Entry.EntryPoints)
            {
                read.Add(point.At.Source.Root.Path);
            }

            foreach (var kustomization in cluster.Kustomizations)
            {
                foreach (var input in kustomization.Build?.Inputs ?? [])
                {
                    read.Add(workspace.Files.Display(input.Path));
                }

                if (kustomization.State is KustomizationState.UnknownPath or KustomizationState.ExternalSource)
                {
                    unresolved.Add(kustomization);
                }
            }
        }

        var named = new Lazy<Dictionary<string, string>>(() => NamedFiles(whole, reach));
        var result = ImmutableArray.CreateBuilder<UnreachedFile>();
        foreach (var file in workspace.SelectedFiles)
        {
            if (read.Contains(file.DisplayPath))
            {
                continue;
            }

            var objects = file.Objects().ToImmutableArray();
            if (!objects.IsEmpty)
            {
                var (reason, by) = Explain(workspace, file, clusters, unresolved, named);
                result.Add(new UnreachedFile(file, reason, by, objects));
            }
        }

        return result.ToImmutable();
    }

    // What any kustomization in the repository names, built or not.
    private static Dictionary<string, string> NamedFiles(Workspace workspace, KustomizationReach reach)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in workspace.SelectedFiles)
        {
            if (FileClassification.IsKustomizationName(file.Path))
            {
                var reached = reach.Of(SourcePath.DirectoryOf(file.Path));
                foreach (var path in reached.Resources.Concat(reached.Others))
                {
                    named.TryAdd(path, file.DisplayPath);
                }
            }
        }

        return named;
    }

    private static (UnreachedReason Reason, string? By) Explain(
        Workspace workspace,
        WorkspaceFile file,
        IReadOnlyList<FluxCluster> clusters,
        List<FluxKustomization> unresolved,
        Lazy<Dictionary<string, string>> named)
    {
        var inRepository = SourcePath.IsWithin(file.Path, workspace.RepositoryRoot) ? file.Path[workspace.RepositoryRoot.Length..] : file.Path;
        if (inRepository.Contains("/.", StringComparison.Ordinal))
        {
            return (UnreachedReason.Hidden, null);
        }

        if (clusters.Count == 0)
        {
            return (UnreachedReason.NoEntryPoint, null);
        }

        foreach (var kustomization in unresolved)
        {
            var path = kustomization.Object.Root.GetString("spec", "path");
            if (path is not null && !path.Contains("${", StringComparison.Ordinal)
                && SourcePath.IsWithin(file.Path, SourcePath.Join(workspace.RepositoryRoot, path)) && !SourcePath.IsRoot(path))
            {
                return (UnreachedReason.NotResolved, $"Kustomization {kustomization.Id.Namespace}/{kustomization.Id.Name}");
            }
        }

        if (named.Value.TryGetValue(file.Path, out var by))
        {
            return (UnreachedReason.NotBuilt, by);
        }

        return FindComment(workspace.Files, file.Path) is { } comment ? (UnreachedReason.CommentedOut, comment) : (UnreachedReason.NotNamed, null);
    }

    // A commented-out entry of a kustomization on the way up that names the file or a directory on the way to it.
    private static string? FindComment(YamlFileCache files, string path)
    {
        const int MaxLevels = 3;
        var directory = SourcePath.DirectoryOf(path);
        for (var level = 0; level < MaxLevels && directory.Length > 1; level++, directory = SourcePath.DirectoryOf(directory))
        {
            if (KustomizationReach.FindFile(files.Source, directory) is not { } kustomization)
            {
                continue;
            }

            var file = files.Parse(kustomization);
            foreach (var comment in file.Comments)
            {
                var text = comment.Value.TrimStart('#', ' ');
                if (!text.StartsWith("- ", StringComparison.Ordinal))
                {
                    continue;
                }

                // Behind the path there may be words that say why.
                var entry = text[2..].Trim().Split(' ', 2)[0].Trim('"', '\'');
                if (entry.Length > 0 && SourcePath.IsWithin(path, YamlFileCache.Normalize($"{directory}/{entry}")))
                {
                    return file.Text.Locate(comment.Span).ToString();
                }
            }
        }

        return null;
    }
}
