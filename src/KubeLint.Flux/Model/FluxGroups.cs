namespace KubeLint.Flux;

/// <summary>The API groups of Flux and of the Flux Operator (https://fluxcd.io/flux/components/, https://fluxoperator.dev/docs/crd/fluxinstance/).</summary>
public static class FluxGroups
{
    /// <summary>Kustomization.</summary>
    public const string Kustomize = "kustomize.toolkit.fluxcd.io";

    /// <summary>HelmRelease.</summary>
    public const string Helm = "helm.toolkit.fluxcd.io";

    /// <summary>GitRepository, OCIRepository, HelmRepository, HelmChart, Bucket, ExternalArtifact.</summary>
    public const string Source = "source.toolkit.fluxcd.io";

    /// <summary>ImageRepository, ImagePolicy, ImageUpdateAutomation.</summary>
    public const string Image = "image.toolkit.fluxcd.io";

    /// <summary>Alert, Provider, Receiver.</summary>
    public const string Notification = "notification.toolkit.fluxcd.io";

    /// <summary>ArtifactGenerator.</summary>
    public const string SourceExtensions = "source.extensions.fluxcd.io";

    /// <summary>FluxInstance, ResourceSet, ResourceSetInputProvider.</summary>
    public const string Operator = "fluxcd.controlplane.io";

    /// <summary>The group of a kind of Flux, as Flux reads a reference without a group; null for other kinds.</summary>
    /// <param name="kind">The kind.</param>
    public static string? OfKind(string kind) => kind switch
    {
        "Kustomization" => Kustomize,
        "HelmRelease" => Helm,
        "GitRepository" or "OCIRepository" or "HelmRepository" or "HelmChart" or "Bucket" or "ExternalArtifact" => Source,
        "ImageRepository" or "ImagePolicy" or "ImageUpdateAutomation" => Image,
        "ArtifactGenerator" => SourceExtensions,
        _ => null,
    };
}
