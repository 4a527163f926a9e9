using KubeLint.Analysis;

namespace KubeLint.Rules.Schema;

/// <summary>Reports objects of Flux 1.</summary>
public sealed class FluxV1Kind : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8006", "flux-v1-kind", "The object is one of Flux 1, which nothing reconciles", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/migration/helm-operator-migration/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(static context =>
    {
        if (context.Object.Group is "helm.fluxcd.io" or "flux.weave.works" or "helm.integrations.flux.weave.works" && context.Object.Root["apiVersion"] is { } version)
        {
            context.Report(
                version,
                $"{context.Object.ApiVersion} is an API of Flux 1 and its Helm Operator, which reached their end of life in 2022: Flux 2 does nothing with it",
                "Write a HelmRelease of `helm.toolkit.fluxcd.io/v2` with its source, as Flux's migration guide shows");
        }
    });
}
