using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.References;

/// <summary>An entry of <c>valuesFrom</c> or <c>substituteFrom</c> that must be there.</summary>
/// <param name="Reference">What it names.</param>
/// <param name="Field">The field.</param>
/// <param name="Owner">The object that needs it.</param>
internal sealed record DataReference(ObjectReference Reference, string Field, KubernetesObject Owner)
{
    private const string Variables = "substituteFrom";

    /// <summary>The entries of a HelmRelease's <c>valuesFrom</c>.</summary>
    public static IEnumerable<DataReference> OfValues(KubernetesObject release, ObjectId id) =>
        Read(release.Root.Get("spec", "valuesFrom"), "valuesFrom", release, id);

    /// <summary>The entries of a Kustomization's <c>postBuild.substituteFrom</c>.</summary>
    public static IEnumerable<DataReference> OfVariables(KubernetesObject kustomization, ObjectId id) =>
        Read(kustomization.Root.Get("spec", "postBuild", "substituteFrom"), Variables, kustomization, id);

    /// <summary>Whether the cluster may have the object, by what is known of such objects.</summary>
    public bool IsMissing(FluxCluster cluster)
    {
        var existence = cluster.Knowledge.Find("", Reference.Id.Kind, Reference.Id.Namespace, Reference.Id.Name, Owner);

        // Charts and others' manifests make Secrets that are read elsewhere, but no ConfigMaps with one's own values; nor does Kubernetes, which keeps some in kube-system.
        return existence.Presence == Presence.Missing || (Reference.Id.Kind == "ConfigMap" && existence.By switch
        {
            UnseenMaker.AnyRelease => true,
            UnseenMaker.OtherProject or UnseenMaker.Kubernetes => Field != Variables || Missing.Nearest(cluster, Reference.Id) is not null,
            _ => false,
        });
    }

    /// <summary>
    /// Whether only something outside may be what makes it: a Secret is often made by hand, and variables of a cluster by what makes the cluster. Where the
    /// repository holds such an object elsewhere, or one of nearly the same name, that is what is meant.
    /// </summary>
    public bool IsLikelyOutside(FluxCluster cluster) =>
        Reference.Id.Kind == "Secret"
        || (Field == Variables && Missing.Nearest(cluster, Reference.Id) is null && Missing.NamespacesOf(cluster, Reference.Id).IsEmpty);

    /// <summary>The generated object of that name with a hash behind it; null where there is none.</summary>
    public KubernetesObject? FindHashed(FluxCluster cluster) => cluster.Knowledge.FindHashed(Reference.Id.Kind, Reference.Id.Namespace, Reference.Id.Name)?.Object;

    private static IEnumerable<DataReference> Read(YamlNode? list, string field, KubernetesObject owner, ObjectId id) =>
        list?.AsSequence() is { } entries ? Read(entries, field, owner, id) : [];

    private static IEnumerable<DataReference> Read(YamlSequence entries, string field, KubernetesObject owner, ObjectId id)
    {
        foreach (var entry in entries.Items)
        {
            if (entry.Get("optional")?.AsScalar() is not ({ Value: "true" } or { IsUnknown: true })
                && ObjectReference.Read(entry, "", null, id.Namespace ?? "default") is { Id.Kind: "ConfigMap" or "Secret" } reference)
            {
                var isIn = reference.Id.Namespace == id.Namespace;
                yield return new DataReference(isIn ? reference : reference with { Id = reference.Id with { Namespace = id.Namespace } }, field, owner);
            }
        }
    }
}
