using KubeLint.Flux;
using KubeLint.LanguageServer.Navigation;
using KubeLint.LanguageServer.Repositories;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.Completion;

/// <summary>The repository around a file in which somebody types.</summary>
/// <param name="Snapshot">The last moment at which all parsed.</param>
/// <param name="Path">The file's absolute path.</param>
internal sealed record Surroundings(Snapshot Snapshot, string Path)
{
    /// <summary>What the repository holds.</summary>
    public RepositoryModel Model => Snapshot.Model;

    /// <summary>The file's shown path.</summary>
    public string DisplayPath => Model.Workspace.Files.Display(Path);

    /// <summary>The file's absolute directory.</summary>
    public string Directory => Path[..Math.Max(1, Path.LastIndexOf('/'))];

    /// <summary>The Flux Kustomizations that build the file, with their clusters.</summary>
    public IEnumerable<(FluxCluster Cluster, FluxKustomization Kustomization)> Builders()
    {
        foreach (var cluster in Model.Clusters)
        {
            foreach (var kustomization in cluster.Kustomizations)
            {
                if (kustomization.Build?.Inputs.Any(input => input.Path == Path) == true || kustomization.Objects.Any(item => IsHere(item.Object)))
                {
                    yield return (cluster, kustomization);
                }
            }
        }
    }

    /// <summary>The clusters that the file is for: those that get something of it, else all.</summary>
    public IReadOnlyList<FluxCluster> Clusters()
    {
        var own = Model.Clusters.Where(cluster => cluster.Kustomizations.Any(kustomization => IsHere(kustomization.Object)))
            .Union(Builders().Select(builder => builder.Cluster)).ToList();
        return own.Count > 0 ? own : Model.Clusters;
    }

    /// <summary>The namespace of a document's object in a cluster; null where it is not known.</summary>
    public string? NamespaceIn(FluxCluster cluster, YamlNode root)
    {
        var name = root.GetString("metadata", "name");
        foreach (var item in cluster.Kustomizations.Select(kustomization => kustomization.Object).Concat(cluster.Objects().Select(effective => effective.Object)))
        {
            if (IsHere(item) && item.Kind == root.GetString("kind") && (item.Name == name || item.Root.Get("metadata", "name")?.WrittenText() == name))
            {
                return item.Namespace ?? "default";
            }
        }

        return root.GetString("metadata", "namespace") ?? Builders().Where(builder => builder.Cluster == cluster)
            .Select(builder => builder.Kustomization.Object.Root.GetString("spec", "targetNamespace")).FirstOrDefault();
    }

    private bool IsHere(KubernetesObject item) => item.Root.Source.Root.Path == DisplayPath;
}
