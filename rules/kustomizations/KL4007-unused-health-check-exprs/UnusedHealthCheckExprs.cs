using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports health check expressions that nothing evaluates.</summary>
public sealed class UnusedHealthCheckExprs : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4007", "unused-health-check-exprs", "Health check expressions are never evaluated without `wait` or `healthChecks`", Severity.Warning)
        {
            Tag = FindingTag.Unnecessary,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(static context =>
    {
        if (context.Kustomization.Object.Spec is not { } spec || spec.Find("healthCheckExprs") is not { } exprs
            || exprs.Value.AsSequence() is not { Items.IsEmpty: false })
        {
            return;
        }

        var wait = spec["wait"];
        if (wait is { IsUnknown: true } || wait?.AsScalar()?.AsBoolean() == true || spec["healthChecks"]?.AsSequence() is { Items.IsEmpty: false })
        {
            return;
        }

        context.Report(
            exprs.Key,
            "These expressions are never evaluated: Flux checks no health without `wait: true` or `healthChecks`",
            "Write `wait: true`, or name the objects under `healthChecks`");
    });
}
