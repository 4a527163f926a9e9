using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>
/// What kept rules from seeing all of a repository: files that do not parse, Kustomizations that are not built whole. Where one is
/// mended, findings come to light that were hidden before.
/// </summary>
internal sealed class HiddenParts
{
    private readonly ImmutableDictionary<string, int> files;
    private readonly ImmutableDictionary<(string Cluster, ObjectId Id), int> kustomizations;

    private HiddenParts(ImmutableDictionary<string, int> files, ImmutableDictionary<(string, ObjectId), int> kustomizations)
    {
        this.files = files;
        this.kustomizations = kustomizations;
    }

    /// <summary>Nothing is hidden.</summary>
    public static HiddenParts None { get; } = new(ImmutableDictionary<string, int>.Empty, ImmutableDictionary<(string, ObjectId), int>.Empty);

    /// <summary>What is hidden in a model.</summary>
    public static HiddenParts Of(RepositoryModel model)
    {
        var kustomizations = ImmutableDictionary.CreateBuilder<(string, ObjectId), int>();
        foreach (var cluster in model.Clusters)
        {
            foreach (var item in cluster.Kustomizations)
            {
                kustomizations[(cluster.Name, item.Id)] = item.Problems.Length + (item.IsComplete ? 0 : 1);
            }
        }

        var files = model.Workspace.SelectedFiles.Select(file => (file.DisplayPath, Lost: file.Yaml.Problems.Count(problem => problem.Kind is YamlProblemKind.Syntax or YamlProblemKind.Limit)));
        return new HiddenParts(
            files.Where(file => file.Lost > 0).ToImmutableDictionary(file => file.DisplayPath, file => file.Lost),
            kustomizations.ToImmutable());
    }

    /// <summary>Whether less is hidden than before, and nothing more of what was there then. What a mended part leads to may be broken itself.</summary>
    public bool IsLessThan(HiddenParts before)
    {
        // What is gone is not mended.
        var known = before.kustomizations.Where(part => kustomizations.ContainsKey(part.Key)).ToList();
        var isMore = files.Any(part => part.Value > before.files.GetValueOrDefault(part.Key)) || known.Exists(part => kustomizations[part.Key] > part.Value);
        return !isMore
            && (before.files.Any(part => files.GetValueOrDefault(part.Key) < part.Value) || known.Exists(part => kustomizations[part.Key] < part.Value));
    }
}
