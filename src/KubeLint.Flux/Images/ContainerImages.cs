using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>Finds images. Nothing here reads files or throws on what it finds.</summary>
public static class ContainerImages
{
    /// <summary>
    /// The images that an object names: a workload's, a HelmRelease's <c>spec.values</c> and post-renderers, a
    /// Kustomization's transformers, those of well-known custom resources.
    /// </summary>
    public static ImmutableArray<ContainerImage> Of(KubernetesObject item) => item.Images;

    /// <summary>Reads what <see cref="Of"/> tells.</summary>
    internal static ImmutableArray<ContainerImage> Read(KubernetesObject item)
    {
        var collector = new ImageCollector(item);
        ObjectImages.Read(collector, item);
        return collector.ToImages();
    }

    /// <summary>The images of a HelmRelease whose values are known better than its <c>spec.values</c>: with <c>valuesFrom</c> merged in.</summary>
    /// <param name="values">All of its values; their nodes may come from several files.</param>
    /// <param name="release">The HelmRelease.</param>
    public static ImmutableArray<ContainerImage> OfValues(YamlMapping values, KubernetesObject release)
    {
        var collector = new ImageCollector(release);
        ObjectImages.ReadRelease(collector, release, values);
        return collector.ToImages();
    }

    /// <summary>The images that a kustomization.yaml names; it may leave out its kind.</summary>
    public static ImmutableArray<ContainerImage> OfKustomizationFile(YamlMapping root)
    {
        var collector = new ImageCollector(KubernetesObject.From(root));
        KustomizeImages.Read(collector, root);
        return collector.ToImages();
    }
}
