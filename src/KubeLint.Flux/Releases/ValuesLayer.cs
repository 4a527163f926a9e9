using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Where values of a HelmRelease come from.</summary>
public enum ValuesLayerKind
{
    /// <summary>The chart's own <c>values.yaml</c>, or a file of <c>spec.chart.spec.valuesFiles</c>; known only for a chart in this repository.</summary>
    Chart,

    /// <summary>An entry of <c>spec.valuesFrom</c>.</summary>
    Reference,

    /// <summary>An entry of <c>spec.valuesFrom</c> that sets one value at its <c>targetPath</c>.</summary>
    Target,

    /// <summary><c>spec.values</c>.</summary>
    Inline,
}

/// <summary>Why the values of a layer are not known.</summary>
public enum ValuesLayerState
{
    /// <summary>They are known.</summary>
    Known,

    /// <summary>The ConfigMap or Secret is not in the repository; something else may make it.</summary>
    MissingObject,

    /// <summary>The ConfigMap or Secret has no such key.</summary>
    MissingKey,

    /// <summary>The value is encrypted, or depends on one that is.</summary>
    Unknown,

    /// <summary>The value is no YAML mapping.</summary>
    Invalid,
}

/// <summary>A layer of values: a later one overwrites an earlier.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="State">Whether its values are known.</param>
/// <param name="Origin">What supplies it, in words: <c>spec.values</c>, <c>ConfigMap/ns/name, key values.yaml</c>.</param>
/// <param name="At">The node that asks for it: the entry of <c>valuesFrom</c>, or <c>spec.values</c>.</param>
/// <param name="Values">The values; their nodes stand where they are written. Null where they are not known.</param>
/// <param name="TargetPath">The path that it sets; null for other kinds.</param>
public sealed record ValuesLayer(ValuesLayerKind Kind, ValuesLayerState State, string Origin, YamlNode At, YamlNode? Values, string? TargetPath = null);
