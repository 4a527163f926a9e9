using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>
/// What of a repository a file has a part in: its own documents, the objects of builds that read it, what a Flux Kustomization written in it
/// makes, the releases whose values it holds. Findings in the file come from these, and from rules that look at a whole cluster.
/// </summary>
internal sealed class FileFocus
{
    private readonly RepositoryModel model;
    private readonly string file;
    private readonly int fileIndex;
    private readonly HashSet<FluxKustomization> kustomizations = [];
    private readonly HashSet<KubernetesObject> releases = new(ReferenceEqualityComparer.Instance);

    /// <summary>Finds it.</summary>
    /// <param name="model">The repository.</param>
    /// <param name="file">The file's shown path.</param>
    public FileFocus(RepositoryModel model, string file)
    {
        this.model = model;
        this.file = file;
        var selected = model.Workspace.SelectedFiles;
        fileIndex = -1;
        for (var i = 0; i < selected.Length; i++)
        {
            if (selected[i].DisplayPath == file)
            {
                fileIndex = i;
                break;
            }
        }

        var path = fileIndex < 0 ? null : selected[fileIndex].Path;
        foreach (var cluster in model.Clusters)
        {
            foreach (var kustomization in cluster.Kustomizations)
            {
                if (IsWrittenHere(kustomization.Object.Root) || kustomization.Build?.Inputs.Any(input => input.Path == path) == true)
                {
                    kustomizations.Add(kustomization);
                }
            }

            foreach (var release in cluster.Releases)
            {
                if (release.Object.Spec?["valuesFrom"] is not null && release.Layers.Any(layer => layer.Values?.Source.Root.Path == file))
                {
                    releases.Add(release.Object);
                }
            }
        }
    }

    /// <summary>Whether a unit of the run, counted as the engine does, belongs to it.</summary>
    public bool Takes(int unit)
    {
        var files = model.Workspace.SelectedFiles.Length;
        return unit < files ? unit == fileIndex
            : unit - files >= model.Objects.Length || Takes(model.Objects[unit - files]);
    }

    /// <summary>Whether a Flux Kustomization belongs to it.</summary>
    public bool Takes(FluxKustomization kustomization) => kustomizations.Contains(kustomization);

    /// <summary>Whether a release belongs to it.</summary>
    public bool Takes(FluxHelmRelease release) => Takes(release.Object);

    private bool Takes(KubernetesObject item)
    {
        if (item.Root.Source.Root.Path == file || releases.Contains(item))
        {
            return true;
        }

        foreach (var producer in model.ProducersOf(item))
        {
            if (kustomizations.Contains(producer.Producer))
            {
                return true;
            }
        }

        return false;
    }

    // A patch of its parents may have written a part of it.
    private bool IsWrittenHere(YamlNode node)
    {
        if (node.Source.Root.Path == file)
        {
            return true;
        }

        foreach (var child in node switch
        {
            YamlMapping mapping => mapping.Entries.Select(entry => entry.Value),
            YamlSequence sequence => sequence.Items,
            _ => [],
        })
        {
            if (IsWrittenHere(child))
            {
                return true;
            }
        }

        return false;
    }
}
