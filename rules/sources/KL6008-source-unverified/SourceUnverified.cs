using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Sources;

/// <summary>Reports OCI sources whose signature is not checked.</summary>
public sealed class SourceUnverified : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6008", "source-unverified", "The signature of an OCI source is not checked", Severity.Info)
        {
            IsEnabledByDefault = false,
            Reference = new("https://fluxcd.io/flux/components/source/ocirepositories/#verification"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Source, "OCIRepository", context =>
    {
        if (context.Object.Spec is { } spec && spec["verify"] is null && SourceObjects.Read(context.Object, "url") is var (at, _))
        {
            context.Report(at, $"OCIRepository {context.Object.Name} takes what is fetched without a check of its signature", "Write `verify` with the provider, if the publisher signs the artifact");
        }
    });
}
