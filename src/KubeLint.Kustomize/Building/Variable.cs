using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Building;

/// <summary>An entry of <c>vars</c> (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/vars/).</summary>
/// <param name="Name">The name that stands in <c>$(…)</c>.</param>
/// <param name="Target">The resource that is read; its namespace may be empty.</param>
/// <param name="FieldPath">The field that is read, parts separated by dots.</param>
/// <param name="At">The entry.</param>
internal sealed record Variable(string Name, ResourceId Target, string FieldPath, YamlNode At)
{
    /// <summary>Reads an entry.</summary>
    public static Variable From(YamlMapping entry)
    {
        var reference = KustomizationFields.Object(entry, "objref");
        var type = new GroupVersionKind(
            KustomizationFields.Text(reference, "group"), KustomizationFields.Text(reference, "version"), KustomizationFields.Text(reference, "kind"));
        var apiVersion = KustomizationFields.Text(reference, "apiVersion").Split('/');
        type = apiVersion switch
        {
            [""] => type,
            [var version] => type with { Version = version },
            [var group, var version] => type with { Group = group, Version = version },
            _ => type,
        };
        var path = KustomizationFields.Text(KustomizationFields.Object(entry, "fieldref"), "fieldPath");
        return new Variable(
            KustomizationFields.Text(entry, "name"),
            new ResourceId(type, KustomizationFields.Text(reference, "name"), KustomizationFields.Text(reference, "namespace")),
            path.Length > 0 ? path : "metadata.name",
            entry);
    }

    /// <summary>Whether an id is the resource that is meant: any namespace where none is named.</summary>
    public bool Means(ResourceId id) => Target.Namespace.Length > 0 ? id.Matches(Target) : id.Name == Target.Name && id.Type == Target.Type;
}
