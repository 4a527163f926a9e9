using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports HelmReleases with two charts or none.</summary>
public sealed class ReleaseChartChoice : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3001", "release-chart-choice", "A HelmRelease has both chart and chartRef, or neither", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#chart-reference"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Helm, "HelmRelease", Check);

    private static void Check(ObjectContext context)
    {
        if (context.Object.Spec is not { } spec)
        {
            return;
        }

        var chart = Entry(spec, "chart");
        var reference = Entry(spec, "chartRef");
        if (chart is { } one && reference is { } two)
        {
            context.Report(
                two.Key,
                $"{context.Object.Id} has both a chart and a chartRef, so the API server refuses it",
                "Keep one of them: `chartRef` for an OCIRepository or a HelmChart, `chart` for a HelmRepository, GitRepository or Bucket",
                [new RelatedLocation(one.Key.Location, "The other one")]);
        }
        else if (chart is null && reference is null && Judging.IsFinal(context))
        {
            context.Report(
                Judging.NameOf(context.Object),
                $"{context.Object.Id} has neither a chart nor a chartRef, so the API server refuses it",
                "Write `chartRef: {kind: OCIRepository, name: <source>}`, or `chart.spec` with `chart`, `version` and `sourceRef`");
        }
    }

    private static YamlEntry? Entry(YamlMapping spec, string key) => spec.Find(key) is { } entry && entry.Value.AsScalar() is not { IsNull: true } ? entry : null;
}
