using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports Helm charts and plugins in kustomizations that Flux builds.</summary>
public sealed class HelmChartOrPlugin : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4061", "helm-chart-or-plugin", "A kustomization needs Helm or a plugin, which Flux does not run", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => BuildCauses.On(on, BuildCause.HelmOrPlugin, BuildCauses.Report);
}
