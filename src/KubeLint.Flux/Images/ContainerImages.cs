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
    public static ImmutableArray<ContainerImage> Of(KubernetesObject item)
    {
        var collector = new ImageCollector(item);
        ObjectImages.Read(collector, item);
        return collector.ToImages();
    }

    /// <summary>The images that values name, for instance a HelmRelease's after <c>valuesFrom</c> is merged in.</summary>
    /// <param name="values">The values; their nodes may come from several files.</param>
    /// <param name="release">The HelmRelease whose values they are.</param>
    public static ImmutableArray<ContainerImage> OfValues(YamlMapping values, KubernetesObject release)
    {
        var collector = new ImageCollector(release);
        collector.Enter("spec");
        collector.Enter("values");
        ValuesImages.Read(collector, values);
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
