using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports files with Flux objects that no entry point reaches.</summary>
public sealed class FluxObjectUnreached : Rule<FluxObjectUnreached.FluxObjectUnreachedOptions>
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2023", "flux-object-unreached", "No kustomization names the file of a Flux object, so it is never applied", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        ImmutableArray<GlobPattern> parked = [.. Options.Parked.Select(pattern => new GlobPattern(pattern))];
        on.Repository(context =>
        {
            foreach (var file in context.Model.UnreachedFiles)
            {
                if (file.Reason == UnreachedReason.NotNamed && !IsParked(file.File.DisplayPath, parked) && file.Objects.FirstOrDefault(IsFluxObject) is { } item)
                {
                    context.Report(
                        item.Root["kind"] ?? item.Root,
                        $"No kustomization names this file, so {item.Kind} {item.Name} is never applied",
                        "Name the file under `resources` of the kustomization beside it, or set it aside there in a comment: `# - <file>`",
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

    private static bool IsParked(string path, ImmutableArray<GlobPattern> parked)
    {
        foreach (var pattern in parked)
        {
            if (pattern.IsMatch(path))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The options of KL2023.</summary>
    public sealed record FluxObjectUnreachedOptions
    {
        /// <summary>Globs of files that are not applied on purpose.</summary>
        public ImmutableArray<string> Parked { get; init; } =
        [
            "**/bootstrap/**", "bootstrap/**", "**/templates/**", "**/template/**", "**/examples/**", "examples/**", "**/archive/**", "**/archived/**", "archive/**",
            "**/disabled/**", "**/deprecated/**", "**/unused/**", "**/old/**", "**/tests/**", "**/test/**", "tests/**", "test/**", "docs/**", "**/docs/**",
        ];
    }
}
