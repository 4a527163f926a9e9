using System.Collections.Immutable;

using KubeLint.Flux.Images;
using KubeLint.Flux.Workloads;
using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>A HelmRelease as a cluster gets it, with its chart and values.</summary>
public sealed class FluxHelmRelease
{
    private readonly Lazy<(ImmutableArray<ValuesLayer> Layers, YamlMapping? Values)> values;
    private readonly Lazy<HelmChart> chart;
    private readonly Lazy<ImmutableArray<ContainerImage>> images;
    private ImmutableArray<WorkloadPod> pods;

    internal FluxHelmRelease(EffectiveObject effective, ReleaseResolver resolver)
    {
        Effective = effective;
        Id = Object.Id with { Namespace = Object.Namespace ?? "default" };
        chart = new Lazy<HelmChart>(() => resolver.FindChart(effective.Object));
        values = new Lazy<(ImmutableArray<ValuesLayer>, YamlMapping?)>(() => resolver.FindValues(effective.Object, chart.Value));
        images = new Lazy<ImmutableArray<ContainerImage>>(FindImages);
    }

    /// <summary>The object with its cluster and the Flux Kustomization that applies it.</summary>
    public EffectiveObject Effective { get; }

    /// <summary>The object.</summary>
    public KubernetesObject Object => Effective.Object;

    /// <summary>The identity.</summary>
    public ObjectId Id { get; }

    /// <summary>The chart.</summary>
    public HelmChart Chart => chart.Value;

    /// <summary>The layers of values, lowest first.</summary>
    public ImmutableArray<ValuesLayer> Layers => values.Value.Layers;

    /// <summary>
    /// The values that the repository tells, merged, those of the chart itself left out; each node stands where it is written.
    /// Null where there are none. With a layer that is not known a value may still be overwritten.
    /// </summary>
    public YamlMapping? Values => values.Value.Values;

    /// <summary>The images that the values and post-renderers name.</summary>
    public ImmutableArray<ContainerImage> Images => images.Value;

    /// <summary>The pods that the values tell; empty for a chart that is not known.</summary>
    public ImmutableArray<WorkloadPod> Pods
    {
        get
        {
            if (pods.IsDefault)
            {
                pods = Values is not { } merged ? []
                    : ReferenceEquals(merged, Object.Spec?["values"]) ? WorkloadPods.OfWritten(Object)
                    : WorkloadPods.Of(Object, merged);
            }

            return pods;
        }
    }

    /// <summary>The HelmReleases of <c>spec.dependsOn</c>.</summary>
    public IEnumerable<ObjectId> DependsOn()
    {
        foreach (var item in Object.Root.Get("spec", "dependsOn")?.AsSequence()?.Items ?? [])
        {
            if (item.GetString("name") is { } name)
            {
                yield return new ObjectId(FluxGroups.Helm, "HelmRelease", item.GetString("namespace") ?? Id.Namespace, name);
            }
        }
    }

    private ImmutableArray<ContainerImage> FindImages()
    {
        // Inline values are found in the object; merged ones take their place.
        var merged = Values;
        return merged is null || ReferenceEquals(merged, Object.Root.Get("spec", "values"))
            ? ContainerImages.Of(Object)
            : ContainerImages.OfValues(merged, Object);
    }
}
