using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Rules.Kustomizations;

namespace KubeLint.Rules.References;

/// <summary>Reports files with Flux objects that no entry point reaches.</summary>
public sealed class FluxObjectUnreached : Rule<FluxObjectUnreached.FluxObjectUnreachedOptions>
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2023", "flux-object-unreached", "Nothing that a cluster applies leads to the file of a Flux object", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        var parked = Options.ParkedDirectories;
        on.Repository(context =>
        {
            foreach (var file in context.Model.UnreachedFiles)
            {
                if (file.Reason == UnreachedReason.NotNamed && file.Objects.FirstOrDefault(IsFluxObject) is { } item
                    && !Flux.ParkedDirectories.Holds(file.File.DisplayPath, parked) && !ChartFiles.Holds(context.Model, file.File))
                {
                    context.Report(
                        item.Root["kind"] ?? item.Root,
                        $"Nothing that a cluster applies leads to this file, so {item.Kind} {item.Name} is never applied",
                        "Name the file or its directory in a kustomization that is applied, or set it aside there in a comment: `# - <file>`",
                        about: item.Id);
                }
            }
        });
    }

    // Patches and skeletons lack what makes an object complete.
    private static bool IsFluxObject(KubernetesObject item) => item.Name is not null && item.Spec is { } spec && (item.Group, item.Kind) switch
    {
        (FluxGroups.Kustomize, "Kustomization") => spec["sourceRef"] is not null && spec["path"] is not null,
        (FluxGroups.Helm, "HelmRelease") => spec["chart"] is not null || spec["chartRef"] is not null,
        (FluxGroups.Source, _) => spec["url"] is not null || spec["endpoint"] is not null || spec["chart"] is not null,
        (FluxGroups.Image, _) => spec["image"] is not null || spec["imageRepositoryRef"] is not null || spec["sourceRef"] is not null,
        (FluxGroups.Notification, _) => spec["type"] is not null || spec["providerRef"] is not null,
        (FluxGroups.Operator, "ResourceSet" or "ResourceSetInputProvider") => true,
        _ => false,
    };

    /// <summary>The options of KL2023.</summary>
    public sealed record FluxObjectUnreachedOptions
    {
        /// <summary>The names of directories whose content is set aside; those that begin with a dot always are.</summary>
        public ImmutableArray<string> ParkedDirectories { get; init; } = Flux.ParkedDirectories.Default;
    }
}
