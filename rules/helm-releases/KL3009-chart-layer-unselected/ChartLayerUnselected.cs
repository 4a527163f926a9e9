using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports OCIRepositories of charts that do not take the chart's layer as it is.</summary>
public sealed class ChartLayerUnselected : Rule
{
    private const string MediaType = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    private const string Help = $"Write `layerSelector: {{mediaType: {MediaType}, operation: copy}}`";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3009", "chart-layer-unselected", "An OCIRepository of a chart does not copy the chart's layer", Severity.Warning)
        {
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/source/ocirepositories/#layer-selector"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        var seen = new HashSet<KubernetesObject>();
        foreach (var release in context.Cluster.Releases)
        {
            if (release.Chart is { Source: { Kind: "OCIRepository", Spec: { } spec } source, SourceRef: { } reference } && seen.Add(source))
            {
                Check(context, source, spec, reference);
            }
        }
    });

    private static void Check(GraphContext context, KubernetesObject source, YamlMapping spec, YamlNode reference)
    {
        ImmutableArray<RelatedLocation> related = [new RelatedLocation((reference.Get("name") ?? reference).Location, "A HelmRelease takes its chart from here")];
        if (spec.Find("layerSelector") is not { } entry || entry.Value.AsMapping() is not { } selector)
        {
            context.Report(
                Judging.NameOf(source),
                $"{source.Id} holds a chart and selects no layer, so Flux unpacks the first one and packs it anew: its digest is not that of the chart",
                Help,
                related,
                spec["layerSelector"] is null
                    ? EntryFixes.Insert("Copy the chart's layer", spec, FixSafety.Safe, "layerSelector:", $"  mediaType: {MediaType}", "  operation: copy")
                    : [],
                about: source.Id);
            return;
        }

        if (selector["mediaType"] is not YamlScalar media)
        {
            context.Report(
                entry.Key,
                $"{source.Id} holds a chart and names no media type, so Flux takes the first layer, which may be the provenance file",
                Help,
                related,
                EntryFixes.Insert("Select the chart's layer", selector, FixSafety.Safe, $"mediaType: {MediaType}"),
                about: source.Id);
        }
        else if (media.Value != MediaType && Judging.IsKnown(media))
        {
            context.Report(media, $"'{media.Value}' is not the media type of a chart, so Flux finds no chart in {source.Id}", Help, related, about: source.Id);
        }
        else if (selector["operation"] is not YamlScalar { Value: "copy" })
        {
            context.Report(
                selector["operation"] ?? entry.Key,
                $"{source.Id} holds a chart, and Flux unpacks its layer and packs it anew instead of copying it: its digest is not that of the chart",
                Help,
                related,
                selector["operation"] is null ? EntryFixes.Insert("Copy the layer", selector, FixSafety.Safe, "operation: copy") : [],
                about: source.Id);
        }
    }
}
