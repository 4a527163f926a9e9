using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Images;

/// <summary>An ImageUpdateAutomation of a cluster that writes to this repository.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Object">The object.</param>
/// <param name="Namespace">Its namespace, in which its policies are looked up.</param>
/// <param name="Directory">The absolute directory below which it changes files; null where it is not known.</param>
internal sealed record ImageAutomation(FluxCluster Cluster, KubernetesObject Object, string Namespace, string? Directory)
{
    /// <summary>The automations of all clusters; null where one may be missing, so that nothing can be said of a file that none reaches.</summary>
    public static List<ImageAutomation> Of(RepositoryModel model)
    {
        var result = new List<ImageAutomation>();
        foreach (var cluster in model.Clusters)
        {
            foreach (var item in cluster.Knowledge.OfKind(FluxGroups.Image, "ImageUpdateAutomation"))
            {
                var ns = item.Object.Namespace ?? "default";
                if (RootOf(cluster, item.Object, ns) is { } root)
                {
                    result.Add(new ImageAutomation(cluster, item.Object, ns, DirectoryOf(item.Object, root)));
                }
            }
        }

        return result;
    }

    /// <summary>Whether it changes a file; true also where that is not known.</summary>
    public bool Reaches(string path) => Directory is null || Directory == "/" || path.StartsWith(Directory + "/", StringComparison.Ordinal);

    /// <summary>The policy of a name in its namespace; null where the repository makes none.</summary>
    public KubernetesObject? FindPolicy(string name) => Cluster.Find(FluxGroups.Image, "ImagePolicy", Namespace, name)?.Object;

    // Null: its source is another repository.
    private static string? RootOf(FluxCluster cluster, KubernetesObject item, string ns)
    {
        var name = item.Root.GetString("spec", "sourceRef", "name");
        var sourceNamespace = item.Root.GetString("spec", "sourceRef", "namespace") ?? ns;
        foreach (var kustomization in cluster.Kustomizations)
        {
            if (kustomization is { SourceRoot: { } root, Source: { Kind: "GitRepository" } source } && source.Name == name && source.Namespace == sourceNamespace)
            {
                return root;
            }
        }

        return null;
    }

    private static string? DirectoryOf(KubernetesObject item, string root)
    {
        var path = item.Root.Get("spec", "update", "path");
        return path is { IsUnknown: true } || path?.AsScalar()?.Value.Contains("${", StringComparison.Ordinal) == true
            ? null
            : YamlFileCache.Normalize($"{root}/{path?.AsScalar()?.Value.TrimStart('/')}").TrimEnd('/');
    }
}
