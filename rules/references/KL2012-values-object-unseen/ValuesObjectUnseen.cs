using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports Secrets and ConfigMaps that Flux reads and that only something outside of the repository may make.</summary>
public sealed class ValuesObjectUnseen : DataRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2012", "values-object-unseen", "Nothing in the repository makes a Secret with values, or a ConfigMap with variables", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#values-references"),
        };

    private protected override void Check(RuleContext context, FluxCluster cluster, DataReference reference)
    {
        var id = reference.Reference.Id;
        if (!reference.IsMissing(cluster) || !reference.IsLikelyOutside(cluster) || reference.FindHashed(cluster) is not null)
        {
            return;
        }

        context.Report(
            reference.Reference.At,
            $"Nothing in the repository makes {id.Kind} {id.Namespace}/{id.Name}, and without it Flux does not apply the {reference.Owner.Kind} that reads it in {reference.Field}",
            Missing.NamespacesOf(cluster, id) is [var ns, ..] ? $"There is one in namespace {ns}, and Flux reads none of another namespace than {id.Namespace}"
                : Missing.Nearest(cluster, id) is { } near ? $"Write `{near}` if that is meant"
                : $"Add it{(id.Kind == "Secret" ? " (encrypted, or as an ExternalSecret)" : "")}, or write `optional: true`; where it is made by hand, say so in a comment `# kubelint: ignore[values-object-unseen] reason`");
    }
}
