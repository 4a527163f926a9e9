using System.Collections.Immutable;

using KubeLint.Flux;

namespace KubeLint.Rules.Schema;

/// <summary>A field that an older version of a kind had.</summary>
/// <param name="Group">The kind's group.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Path">The way to the field, without the indexes of lists.</param>
/// <param name="Instead">What to do, a sentence.</param>
internal sealed record RemovedField(string Group, string Kind, string Path, string Instead);

/// <summary>The fields that versions of Flux kinds lost when they became final (https://fluxcd.io/flux/releases/).</summary>
internal static class RemovedFields
{
    private const string ToPatches = "Move them to `patches`, with a `target` for each JSON patch";

    private static readonly ImmutableArray<RemovedField> All =
    [
        new(FluxGroups.Kustomize, "Kustomization", "spec.validation", "Remove it: the server validates what is applied"),
        new(FluxGroups.Kustomize, "Kustomization", "spec.patchesStrategicMerge", ToPatches),
        new(FluxGroups.Kustomize, "Kustomization", "spec.patchesJson6902", ToPatches),
        new(FluxGroups.Source, "GitRepository", "spec.gitImplementation", "Remove it: there is only one implementation now"),
        new(FluxGroups.Source, "GitRepository", "spec.accessFrom", "Remove it: it never had an effect"),
        new(FluxGroups.Helm, "HelmRelease", "spec.chart.spec.valuesFile", "Write `valuesFiles`, a list: the later file wins"),
        new(FluxGroups.Helm, "HelmRelease", "spec.postRenderers.kustomize.patchesStrategicMerge", ToPatches),
        new(FluxGroups.Helm, "HelmRelease", "spec.postRenderers.kustomize.patchesJson6902", ToPatches),
        new(FluxGroups.Source, "HelmChart", "spec.valuesFile", "Write `valuesFiles`, a list: the later file wins"),
    ];

    /// <summary>The field that a path leads to; null where it is none of these.</summary>
    /// <param name="item">The object.</param>
    /// <param name="path">The path, with indexes.</param>
    public static RemovedField? Find(KubernetesObject item, string path)
    {
        foreach (var field in All)
        {
            if (item.Is(field.Group, field.Kind) && Matches(path, field.Path))
            {
                return field;
            }
        }

        return null;
    }

    private static bool Matches(ReadOnlySpan<char> path, ReadOnlySpan<char> field)
    {
        var at = 0;
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '[')
            {
                // A key may hold a bracket of its own.
                var close = path[i..].IndexOf(']');
                if (close < 0)
                {
                    return false;
                }

                i += close;
            }
            else if (at >= field.Length || path[i] != field[at++])
            {
                return false;
            }
        }

        return at == field.Length;
    }
}
