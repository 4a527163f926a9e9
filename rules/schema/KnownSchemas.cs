using KubeLint.Rules.Schema;
using KubeLint.Schema;

namespace KubeLint.Rules;

/// <summary>The schemas of the kinds of Flux, Kubernetes and kustomize that come with KubeLint.</summary>
public static class KnownSchemas
{
    /// <summary>The API versions and kinds, Flux's first. They are read when they are first asked for.</summary>
    public static IEnumerable<(string ApiVersion, string Kind)> Kinds
    {
        get
        {
            foreach (var kind in BuiltInSchemas.Flux.Kinds)
            {
                yield return kind;
            }

            foreach (var kind in BuiltInSchemas.Kubernetes.Kinds)
            {
                yield return kind;
            }
        }
    }

    /// <summary>The schema of a kind with the fields that each object has; null where none is known.</summary>
    /// <param name="apiVersion">The group and version: <c>apps/v1</c>; a kustomization file's is <c>kustomize.config.k8s.io/v1beta1</c>.</param>
    /// <param name="kind">The kind.</param>
    public static ValueSchema? Find(string apiVersion, string kind) =>
        apiVersion.StartsWith("kustomize.config.k8s.io/", StringComparison.Ordinal) ? BuiltInSchemas.Kustomization : BuiltInSchemas.Find(apiVersion, kind);
}
