using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.References;

/// <summary>Reports source references of a kind that the field does not take.</summary>
public sealed class SourceKindInvalid : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2002", "source-kind-invalid", "The source is of a kind that this field does not take", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#chart-template"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        foreach (var (group, kind) in new[] { (FluxGroups.Kustomize, "Kustomization"), (FluxGroups.Helm, "HelmRelease"), (FluxGroups.Source, "HelmChart"), (FluxGroups.Image, "ImageUpdateAutomation") })
        {
            on.Object(group, kind, context => Check(context, context.Object));
        }

        // What nothing applies is where a cluster begins.
        on.Kustomization(context =>
        {
            if (context.Kustomization.EntryPoint is not null)
            {
                Check(context, context.Kustomization.Object);
            }
        });
    }

    private static void Check(RuleContext context, KubernetesObject item)
    {
        foreach (var field in ReferenceFields.Of(item.Group, item.Kind))
        {
            var kinds = field.Kinds;
            if (SourceReferences.Find(item, field)?.Find("kind") is not { } entry || ObjectReference.Text(entry.Value) is not { } kind || kinds.Contains(kind))
            {
                continue;
            }

            var help = (field.Path, kind) switch
            {
                ("spec.chart.spec.sourceRef", "OCIRepository") => "Write `spec.chartRef` in the place of `spec.chart`: it takes an OCIRepository",
                ("spec.chartRef", "HelmRepository") => "Write `spec.chart.spec` with the chart's name and this HelmRepository as its `sourceRef`",
                ("spec.sourceRef", "HelmRepository") when item.Kind == "Kustomization" => "A chart is installed by a HelmRelease; a Kustomization applies manifests",
                _ when NearestName.Find(kind, kinds) is { } near => $"Write `{near}` if that is meant",
                _ => $"Write one of {string.Join(", ", kinds)}",
            };
            context.Report(entry.Value, $"{field.Path} takes no {kind}, only {string.Join(", ", kinds[..^1])}{(kinds.Length > 1 ? " or " : "")}{kinds[^1]}, so the API server refuses the {item.Kind}", help);
        }
    }
}
