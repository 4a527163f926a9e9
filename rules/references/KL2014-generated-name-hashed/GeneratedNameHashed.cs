using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports names of generated objects that do not follow the generator's hash.</summary>
public sealed class GeneratedNameHashed : DataRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2014", "generated-name-hashed", "The generated object has a hash behind its name, which this field does not follow", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/guides/helmreleases/#refer-to-values-in-configmaps-generated-with-kustomize"),
        };

    private protected override void Check(RuleContext context, FluxCluster cluster, DataReference reference)
    {
        var id = reference.Reference.Id;
        if (cluster.Knowledge.Find("", id.Kind, id.Namespace, id.Name).Presence is Presence.Present or Presence.Failing || reference.FindHashed(cluster) is not { } hashed)
        {
            return;
        }

        context.Report(
            reference.Reference.At,
            $"The generator makes {hashed.Kind} {id.Name} with a hash behind its name, and kustomize does not know that {reference.Field} names it, so Flux does not find it",
            "Write `generatorOptions: {disableNameSuffixHash: true}`, or a `nameReference` for this field in a file that `configurations` lists",
            [new RelatedLocation(hashed.Root.Get("metadata", "name")!.Location, "It is generated here")]);
    }
}
