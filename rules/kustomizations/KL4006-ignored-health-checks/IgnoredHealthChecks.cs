using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports health checks that <c>wait</c> makes Flux ignore.</summary>
public sealed class IgnoredHealthChecks : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4006", "ignored-health-checks", "A Flux Kustomization has health checks beside `wait: true`, which ignores them", Severity.Warning)
        {
            Tag = FindingTag.Unnecessary,
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#wait"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => FluxObjects.OnKustomization(on, static (context, item) =>
    {
        if (item.Spec is not { } spec || spec["wait"]?.AsScalar()?.AsBoolean() != true
            || spec.Find("healthChecks") is not { } checks || checks.Value.AsSequence() is not { Items.IsEmpty: false })
        {
            return;
        }

        context.Report(
            checks.Key,
            "These health checks are ignored: with `wait: true` Flux waits for all objects that it applies, and for no others",
            "Remove `healthChecks`; or remove `wait` where only these, or objects of others, are to be waited for",
            [new RelatedLocation(spec["wait"]!.Location, "This makes Flux ignore them")],
            LineEdits.RemoveEntry(spec, checks) is { } edit ? [new Fix("Remove the health checks", FixSafety.Safe, [new FileEdit(checks.Key.Source, [edit])])] : []);
    });
}
