using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports Secrets that Flux reads and nothing makes.</summary>
public sealed class SecretMissing : DataRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2012", "secret-missing", "A Secret with values or variables does not exist, as far as the repository tells", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#values-references"),
        };

    private protected override void Check(RuleContext context, FluxCluster cluster, DataReference reference)
    {
        var id = reference.Reference.Id;
        if (id.Kind != "Secret" || !reference.IsMissing(cluster) || reference.FindHashed(cluster) is not null)
        {
            return;
        }

        context.Report(
            reference.Reference.At,
            $"Nothing makes Secret {id.Namespace}/{id.Name}, and without it Flux does not apply the {reference.Owner.Kind} that reads it in {reference.Field}",
            Missing.NamespacesOf(cluster, id) is [var ns, ..] ? $"There is one in namespace {ns}, and Flux reads none of another namespace than {id.Namespace}"
                : Missing.Nearest(cluster, id) is { } near ? $"Write `{near}` if that is meant"
                : "Add it (encrypted, or as an ExternalSecret), or write `optional: true`; where it is made by hand, say so in a comment `# kubelint: ignore[secret-missing] reason`");
    }
}
