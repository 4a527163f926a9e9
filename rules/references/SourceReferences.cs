using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.References;

/// <summary>The fields in which Flux objects name their source (https://fluxcd.io/flux/components/source/).</summary>
internal static class SourceReferences
{
    private static readonly ImmutableArray<string> OfKustomization = ["GitRepository", "OCIRepository", "Bucket", "ExternalArtifact"];
    private static readonly ImmutableArray<string> OfChart = ["HelmRepository", "GitRepository", "Bucket"];
    private static readonly ImmutableArray<string> OfChartRef = ["OCIRepository", "HelmChart", "ExternalArtifact"];
    private static readonly ImmutableArray<string> OfAutomation = ["GitRepository"];

    /// <summary>The fields of an object that name a source, and the kinds that each takes.</summary>
    public static IEnumerable<(string Field, YamlMapping Mapping, ImmutableArray<string> Kinds)> Of(KubernetesObject item)
    {
        var (path, kinds) = (item.Group, item.Kind) switch
        {
            (FluxGroups.Kustomize, "Kustomization") => ("sourceRef", OfKustomization),
            (FluxGroups.Source, "HelmChart") => ("sourceRef", OfChart),
            (FluxGroups.Image, "ImageUpdateAutomation") => ("sourceRef", OfAutomation),
            _ => ("", default),
        };
        if (path.Length > 0 && item.Root.Get("spec", path) is YamlMapping source)
        {
            yield return ($"spec.{path}", source, kinds);
        }

        if (item.Is(FluxGroups.Helm, "HelmRelease"))
        {
            if (item.Root.Get("spec", "chart", "spec", "sourceRef") is YamlMapping chart)
            {
                yield return ("spec.chart.spec.sourceRef", chart, OfChart);
            }

            if (item.Root.Get("spec", "chartRef") is YamlMapping chartRef)
            {
                yield return ("spec.chartRef", chartRef, OfChartRef);
            }
        }
    }
}
