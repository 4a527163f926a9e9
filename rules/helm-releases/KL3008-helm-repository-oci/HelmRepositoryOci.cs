using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports HelmRepositories of the type that only receives fixes.</summary>
public sealed class HelmRepositoryOci : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3008", "helm-repository-oci", "A HelmRepository of type oci", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/source/helmrepositories/#helm-oci-repository"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Source, "HelmRepository", context =>
    {
        if (context.Object.Root.Get("spec", "type") is YamlScalar { Value: "oci" } type)
        {
            context.Report(
                type,
                $"{context.Object.Id} is of type oci, which Flux only maintains: it reports no status, and its charts cannot be pinned by digest",
                "Write an OCIRepository for each chart (`url: oci://<registry>/<path>/<chart>`, `ref.tag: <version>`), and `chartRef` in the HelmReleases");
        }
    });
}
