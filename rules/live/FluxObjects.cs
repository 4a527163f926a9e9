using KubeLint.Flux;

namespace KubeLint.Rules.Live;

/// <summary>The objects of Flux that live rules compare.</summary>
internal static class FluxObjects
{
    /// <summary>Whether Flux reports on the object by a condition <c>Ready</c>.</summary>
    public static bool AreReported(KubernetesObject item) =>
        item.Is(FluxGroups.Kustomize, "Kustomization") || item.Is(FluxGroups.Helm, "HelmRelease")
        || (item.Group == FluxGroups.Source && item.Kind is "GitRepository" or "OCIRepository" or "HelmRepository" or "HelmChart" or "Bucket");

    /// <summary>Whether the repository itself suspends it.</summary>
    public static bool IsSuspended(KubernetesObject item) => (item.Root.Get("spec", "suspend") as KubeLint.Yaml.YamlScalar)?.AsBoolean() == true;
}
