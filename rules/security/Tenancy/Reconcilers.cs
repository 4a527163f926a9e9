using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>A Kustomization or HelmRelease, by which Flux acts on the cluster.</summary>
/// <param name="Object">The object.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Controller">The controller that acts.</param>
/// <param name="Kustomization">The Kustomization as it is built; null for a HelmRelease.</param>
internal sealed record Reconciler(KubernetesObject Object, string Namespace, string Controller, FluxKustomization? Kustomization)
{
    /// <summary>The account as which Flux acts; null where none is written.</summary>
    public YamlScalar? Account => Object.Spec?["serviceAccountName"] is YamlScalar { IsNull: false, Value.Length: > 0 } account ? account : null;

    /// <summary>Whether it acts on another cluster.</summary>
    public bool IsRemote => Object.Spec?["kubeConfig"] is not null;

    /// <summary>The node of its name.</summary>
    public YamlNode NameNode => Object.Root.Get("metadata", "name") ?? Object.Root;

    /// <summary>Those of a cluster.</summary>
    public static IEnumerable<Reconciler> Of(FluxCluster cluster)
    {
        foreach (var kustomization in cluster.Kustomizations)
        {
            yield return new Reconciler(kustomization.Object, kustomization.Id.Namespace ?? "default", "kustomize-controller", kustomization);
        }

        foreach (var release in cluster.Releases)
        {
            yield return new Reconciler(release.Object, release.Id.Namespace ?? "default", "helm-controller", null);
        }
    }
}
