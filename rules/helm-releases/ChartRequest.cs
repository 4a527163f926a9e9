using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>What asks Flux for a chart: <c>spec.chart.spec</c> of a HelmRelease, or a HelmChart's <c>spec</c>.</summary>
/// <param name="Spec">The mapping with <c>chart</c>, <c>version</c>, <c>sourceRef</c>.</param>
internal sealed record ChartRequest(YamlMapping Spec)
{
    /// <summary>The chart's name or path.</summary>
    public YamlScalar? Chart => Spec["chart"] as YamlScalar;

    /// <summary>The version as written; null where it is absent or empty.</summary>
    public YamlScalar? Version => Spec["version"] is YamlScalar { IsNull: false, Value.Length: > 0 } version ? version : null;

    /// <summary>The kind of the source; null where it is not written.</summary>
    public string? SourceKind => Spec.GetString("sourceRef", "kind");

    /// <summary>Whether the chart is looked up by its version.</summary>
    public bool IsFromIndex => SourceKind == "HelmRepository";

    /// <summary>Whether the chart lies at a path of the source, whatever its version.</summary>
    public bool IsFromPath => SourceKind is "GitRepository" or "Bucket";

    /// <summary>Calls a check for each request.</summary>
    public static void Register(IRuleRegistrar on, Action<ObjectContext, ChartRequest> check)
    {
        on.Object(FluxGroups.Helm, "HelmRelease", context => Call(context, context.Object.Root.Get("spec", "chart", "spec")));
        on.Object(FluxGroups.Source, "HelmChart", context => Call(context, context.Object.Spec));

        void Call(ObjectContext context, YamlNode? spec)
        {
            if (spec?.AsMapping() is { } mapping)
            {
                check(context, new ChartRequest(mapping));
            }
        }
    }
}
