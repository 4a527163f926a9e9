using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>The chart of a HelmRelease (https://fluxcd.io/flux/components/helm/helmreleases/#chart-template, #chart-reference).</summary>
public sealed record HelmChart
{
    /// <summary>The chart's name, or its path in a git source; null with a <c>chartRef</c>.</summary>
    public YamlScalar? Name { get; init; }

    /// <summary>The version: of <c>chart.spec.version</c>, or the tag, semver range or digest of the source that <c>chartRef</c> names; null where none is written.</summary>
    public YamlScalar? Version { get; init; }

    /// <summary>The source; null where it is not written.</summary>
    public ObjectId? SourceId { get; init; }

    /// <summary>The node that names the source.</summary>
    public YamlNode? SourceRef { get; init; }

    /// <summary>The source as the cluster gets it; null where the repository makes none.</summary>
    public KubernetesObject? Source { get; init; }

    /// <summary>The chart's absolute directory, where it lies in this repository.</summary>
    public string? Directory { get; init; }

    /// <summary>Whether it lies in this repository and brings CRDs in its <c>crds</c> directory.</summary>
    public bool HasCrds { get; init; }

    /// <summary>The absolute path of its <c>values.schema.json</c>; null where there is none.</summary>
    public string? SchemaPath { get; init; }
}
