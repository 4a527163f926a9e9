using KubeLint.Analysis;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports namespaces, volume claims and definitions that a removal from git deletes.</summary>
public sealed class PrunableData : Rule
{
    private const string Switch = "kustomize.toolkit.fluxcd.io/prune";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4018", "prunable-data", "What holds data is deleted when it leaves git", Severity.Info)
        {
            IsEnabledByDefault = false,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#prune"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(static context =>
    {
        if (context.Kustomization.Object.Root.Get("spec", "prune")?.AsScalar()?.AsBoolean() != true)
        {
            return;
        }

        foreach (var item in context.Kustomization.Objects)
        {
            var found = item.Object;
            var loss = found.Group.Length == 0 && found.Kind == "Namespace" ? "all that is in it"
                : found.Group.Length == 0 && found.Kind == "PersistentVolumeClaim" ? "its data"
                : found.Is("apiextensions.k8s.io", "CustomResourceDefinition") ? "all resources of its kind" : null;
            if (loss is not null && !IsKept(found.Annotation(Switch)) && !IsKept(found.Label(Switch)))
            {
                context.Report(
                    found.Root.Get("metadata", "name") ?? found.Root,
                    $"When this {found.Kind} leaves git, Flux deletes it with {loss}",
                    $"Annotate it with `{Switch}: disabled` where a mistake in git must not delete it",
                    about: found.Id);
            }
        }
    });

    private static bool IsKept(string? value) => string.Equals(value, "disabled", StringComparison.OrdinalIgnoreCase);
}
