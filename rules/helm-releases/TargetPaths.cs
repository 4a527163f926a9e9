using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>An entry of <c>spec.valuesFrom</c> with a <c>targetPath</c>.</summary>
/// <param name="Layer">The layer of values.</param>
/// <param name="Node">The path's node.</param>
/// <param name="Path">The path.</param>
internal sealed record TargetPath(ValuesLayer Layer, YamlScalar Node, string Path);

/// <summary>Finds the target paths of a release.</summary>
internal static class TargetPaths
{
    /// <summary>The target paths, in order.</summary>
    public static IEnumerable<TargetPath> Of(FluxHelmRelease release)
    {
        if (release.Object.Root.Get("spec", "valuesFrom") is null)
        {
            yield break;
        }

        foreach (var layer in release.Layers)
        {
            if (layer is { Kind: ValuesLayerKind.Target, TargetPath: { } path } && layer.At.Get("targetPath") is YamlScalar node && Judging.IsKnown(node))
            {
                yield return new TargetPath(layer, node, path);
            }
        }
    }
}
