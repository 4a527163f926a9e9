using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.LanguageServer.Protocol;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.Completion;

/// <summary>Files and folders, where a field names one.</summary>
internal static class PathCandidates
{
    private static readonly ImmutableArray<string> Included = ["resources[]", "bases[]", "generators[]", "transformers[]", "validators[]"];
    private static readonly ImmutableArray<string> Read = ["crds[]", "configurations[]", "patchesStrategicMerge[]", "patches[].path", "patchesJson6902[].path", "replacements[].path"];
    private static readonly ImmutableArray<string> OfAnyFile = ["configMapGenerator[].files[]", "configMapGenerator[].envs[]", "secretGenerator[].files[]", "secretGenerator[].envs[]"];

    /// <summary>What could stand in a place; empty where no field names a path.</summary>
    public static IEnumerable<Candidate> At(CompletionSite site, Surroundings around)
    {
        if (site.Kind is "Kustomization" && site.Group == FluxGroups.Kustomize)
        {
            return site.IsValueAt("spec.path") ? List(around.Model.Workspace.RepositoryRoot, site, around, WantedFiles.None, start: "./")
                : site.IsValueAt("spec.components[]") && around.Model.Clusters.SelectMany(cluster => cluster.Kustomizations)
                    .FirstOrDefault(item => item.Id.Name == site.Root.GetString("metadata", "name") && item.Directory is not null)?.Directory is { } built
                    ? List(built, site, around, WantedFiles.None)
                : [];
        }

        if (!FileClassification.IsKustomizationName(around.Path) && site.Group != "kustomize.config.k8s.io")
        {
            return [];
        }

        return site.IsValueAt("components[]") ? List(around.Directory, site, around, WantedFiles.None)
            : Included.Any(site.IsValueAt) ? List(around.Directory, site, around, WantedFiles.Yaml)
            : Read.Any(site.IsValueAt) ? List(around.Directory, site, around, WantedFiles.Yaml)
            : OfAnyFile.Any(site.IsValueAt) ? List(around.Directory, site, around, WantedFiles.All)
            : [];
    }

    private enum WantedFiles
    {
        None,
        Yaml,
        All,
    }

    private static IEnumerable<Candidate> List(string root, CompletionSite site, Surroundings around, WantedFiles wanted, string start = "")
    {
        var source = around.Model.Workspace.Files.Source;
        var key = wanted == WantedFiles.All ? site.Token.Typed[..(site.Token.Typed.IndexOf('=', StringComparison.Ordinal) + 1)] : "";
        var typed = site.Token.Typed[key.Length..];
        var folder = typed.Contains('/', StringComparison.Ordinal) ? typed[..(typed.LastIndexOf('/') + 1)] : start;
        var full = YamlFileCache.Normalize($"{root}/{folder}");
        if (!source.DirectoryExists(full))
        {
            yield break;
        }

        var named = Named(site).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in source.Enumerate(full).OrderBy(entry => entry.Path, StringComparer.Ordinal))
        {
            var name = entry.Path[(entry.Path.LastIndexOf('/') + 1)..];
            var text = $"{key}{folder}{name}";
            var isWanted = entry.IsDirectory || wanted == WantedFiles.All
                || (wanted == WantedFiles.Yaml && (name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal)));
            if (!isWanted || name.StartsWith('.') || named.Contains(text) || FileClassification.IsKustomizationName(entry.Path))
            {
                continue;
            }

            yield return new Candidate(text, entry.IsDirectory ? CompletionItemKind.Folder : CompletionItemKind.File)
            {
                Detail = entry.IsDirectory && around.Model.Workspace.FindKustomization(entry.Path) is not null ? "with a kustomization" : null,
                Order = entry.IsDirectory ? 1 : 0,
            };
        }
    }

    private static IEnumerable<string> Named(CompletionSite site)
    {
        var list = site.Path.IsEmpty ? null : site.Root.Get(site.Path[0])?.AsSequence();
        foreach (var item in list?.Items ?? [])
        {
            if (item.AsScalar() is { } scalar)
            {
                yield return scalar.Value;
            }
        }
    }
}
