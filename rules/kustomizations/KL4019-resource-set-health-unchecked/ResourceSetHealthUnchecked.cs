using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports Kustomizations that wait for ResourceSets without knowing when these are ready.</summary>
public sealed class ResourceSetHealthUnchecked : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4019", "resource-set-health-unchecked", "A Flux Kustomization waits for a ResourceSet without the expressions that tell its health", Severity.Info)
        {
            Reference = new("https://fluxoperator.dev/docs/crd/resourceset/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(static context =>
    {
        var spec = context.Kustomization.Object.Spec;
        if (spec?.Find("wait") is not { } wait || wait.Value.AsScalar()?.AsBoolean() != true)
        {
            return;
        }

        foreach (var item in spec["healthCheckExprs"]?.AsSequence()?.Items ?? [])
        {
            if (item.GetString("kind") == "ResourceSet")
            {
                return;
            }
        }

        foreach (var item in context.Kustomization.Objects)
        {
            if (item.Object.Is(FluxGroups.Operator, "ResourceSet"))
            {
                context.Report(
                    wait.Key,
                    $"This waits for ResourceSet {item.Object.Name}, whose failure it does not see without `healthCheckExprs`: it waits until the timeout",
                    "Add an entry for kind ResourceSet to `healthCheckExprs`, with `failed` and `current` by its condition Ready",
                    [new RelatedLocation((item.Object.Root.Get("metadata", "name") ?? item.Object.Root).Location.FirstLine(), "The ResourceSet is here")]);
                return;
            }
        }
    });
}
