using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports ConfigMaps that Flux reads and nothing makes.</summary>
public sealed class ConfigMapMissing : DataRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2011", "config-map-missing", "A ConfigMap with values or variables does not exist", Severity.Error)
        {
            Fix = FixSafety.Suggestion,
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#values-references"),
        };

    private protected override void Check(RuleContext context, FluxCluster cluster, DataReference reference)
    {
        var id = reference.Reference.Id;
        if (!reference.IsMissing(cluster) || reference.IsLikelyOutside(cluster) || reference.FindHashed(cluster) is not null)
        {
            return;
        }

        var near = Missing.Nearest(cluster, id);
        context.Report(
            reference.Reference.At,
            $"ConfigMap {id.Namespace}/{id.Name} does not exist, so Flux does not apply the {reference.Owner.Kind} that reads it in {reference.Field}",
            near is not null ? $"Write `{near}` if that is meant"
                : Missing.NamespacesOf(cluster, id) is [var ns, ..] ? $"There is one in namespace {ns}, and Flux reads none of another namespace than {id.Namespace}"
                : "Add it to what this cluster applies, or write `optional: true` if it need not be there",
            fixes: near is null ? [] : YamlEdits.Replace($"Write {near}", FixSafety.Suggestion, reference.Reference.At, near));
    }
}
