using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports <c>force: true</c> where what is made anew loses data.</summary>
public sealed class ForcedRecreation : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4012", "forced-recreation", "A Flux Kustomization with `force: true` deletes and makes anew what holds data", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#force"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(static context =>
    {
        if (context.Kustomization.Object.Root.Get("spec", "force")?.AsScalar() is not { IsUnknown: false } force || force.AsBoolean() != true)
        {
            return;
        }

        foreach (var item in context.Kustomization.Objects)
        {
            if (Loss(item.Object) is { } loss)
            {
                var first = item.Object.Root.Get("metadata", "name") ?? item.Object.Root;
                context.Report(
                    force,
                    $"With `force: true` a change of a field that cannot change makes Flux delete {item.Object.Kind} {item.Object.Name}, with {loss}, and make it anew",
                    "Remove `force`, and annotate the objects that may be made anew with `kustomize.toolkit.fluxcd.io/force: enabled`",
                    [new RelatedLocation(first.Location.FirstLine(), "This is made anew")]);
                return;
            }
        }
    });

    private static string? Loss(KubernetesObject item) => item.Group.Length == 0 && item.Kind == "PersistentVolumeClaim" ? "its data"
        : item.Is("apiextensions.k8s.io", "CustomResourceDefinition") ? "all resources of its kind" : null;
}
