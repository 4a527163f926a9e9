using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Sources;

/// <summary>Reports keyless verification that takes anybody's signature.</summary>
public sealed class CosignIdentityAbsent : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6009", "cosign-identity-absent", "Keyless verification does not say whose signature counts", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/source/ocirepositories/#keyless-verification"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        on.Object(FluxGroups.Source, "OCIRepository", context => Check(context, context.Object.Root.Get("spec", "verify")));
        on.Object(FluxGroups.Source, "HelmChart", context => Check(context, context.Object.Root.Get("spec", "verify")));
        on.Object(FluxGroups.Helm, "HelmRelease", context => Check(context, context.Object.Root.Get("spec", "chart", "spec", "verify")));
    }

    private static void Check(ObjectContext context, YamlNode? verify)
    {
        if (verify?.AsMapping() is { IsUnknown: false } mapping && mapping.Find("provider") is { } entry && entry.Value.AsScalar() is { Value: "cosign" }
            && mapping["secretRef"] is null && mapping["matchOIDCIdentity"] is null or YamlSequence { Items.IsEmpty: true })
        {
            context.Report(
                entry.Value,
                $"Without `matchOIDCIdentity` or a key any signature in the public log counts for {context.Object.Kind} {context.Object.Name}, whoever made it",
                "Write `matchOIDCIdentity` with the `issuer` and the `subject` of the publisher's workflow");
        }
    }
}
