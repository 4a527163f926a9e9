using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.References;

/// <summary>Reports Flux Kustomizations that another one applies and that include their own file.</summary>
public sealed class KustomizationAppliesItself : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2022", "kustomization-applies-itself", "A Flux Kustomization includes itself in what it applies", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#path"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        // Where a cluster begins this is how it manages itself.
        var kustomization = context.Kustomization;
        if (kustomization.Parent is not { } parent)
        {
            return;
        }

        foreach (var item in kustomization.Objects)
        {
            if (item.Object.Group != kustomization.Id.Group || item.Object.Kind != kustomization.Id.Kind || item.Object.Name != kustomization.Id.Name
                || (item.Object.Namespace ?? "default") != kustomization.Id.Namespace)
            {
                continue;
            }

            var name = $"{kustomization.Id.Namespace}/{kustomization.Id.Name}";
            context.Report(
                Including(context, item.Object.Root) ?? (item.Object.Root.Get("metadata", "name") ?? item.Object.Root).Location,
                $"Kustomization {name} applies its own object, which {parent.Id.Namespace}/{parent.Id.Name} applies too: what the parent patches into it comes and goes",
                "Leave its file out of the directory that it applies",
                [new RelatedLocation((item.Object.Root.Get("metadata", "name") ?? item.Object.Root).Location, "This is the object")]);
            return;
        }
    });

    // The entry of the kustomization file that names the object's file.
    private static Location? Including(KustomizationContext context, YamlMapping root)
    {
        foreach (var input in context.Kustomization.Build?.Inputs ?? [])
        {
            if (input.At is { } at && input.Path.EndsWith("/" + root.Source.Root.Path.TrimStart('.', '/'), StringComparison.Ordinal) && at.Source.Parent is null && at.Span.Length > 0)
            {
                return at.Location;
            }
        }

        return null;
    }
}
