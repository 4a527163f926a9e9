using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports custom resources beside the HelmRelease that installs their definition.</summary>
public sealed class CrdBesideItsResources : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4013", "crd-beside-its-resources", "Custom resources stand beside the HelmRelease that installs their definition", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(static context =>
    {
        var release = context.Release;
        if (release.Chart.Directory is not { } chart || release.Object.Root.GetString("spec", "install", "crds") == "Skip")
        {
            return;
        }

        foreach (var (group, kind, at) in Definitions(context.Model.Workspace.Files, $"{chart}/crds"))
        {
            if (context.Cluster.Knowledge.OfKind("apiextensions.k8s.io", "CustomResourceDefinition").Any(item => Defines(item.Object, group, kind)))
            {
                continue;
            }

            foreach (var item in release.Effective.Producer.Objects)
            {
                if (item.Object.Is(group, kind))
                {
                    context.Report(
                        item.Object.Root["kind"]!,
                        $"{kind} is defined by the chart of HelmRelease {release.Id.Name}, which the same Kustomization applies: in a new cluster Flux finds no such kind, so it applies neither",
                        $"Move the {kind} to a Kustomization of its own that depends on this one",
                        [new RelatedLocation(at.Location, "The chart defines the kind here"), new RelatedLocation(release.Object.Root["kind"]!.Location, "This installs the chart")],
                        about: item.Object.Id);
                }
            }
        }
    });

    private static IEnumerable<(string Group, string Kind, YamlNode At)> Definitions(YamlFileCache files, string directory)
    {
        foreach (var path in files.Source.DirectoryExists(directory) ? files.Source.List(directory) : [])
        {
            if (!Discovery.IsYamlName(path))
            {
                continue;
            }

            foreach (var document in files.Parse(path).Documents)
            {
                if (KubernetesObject.From(document.Root) is { Kind: "CustomResourceDefinition" } definition
                    && definition.Root.GetString("spec", "group") is { } group && definition.Root.Get("spec", "names", "kind")?.AsScalar() is { } kind)
                {
                    yield return (group, kind.Value, kind);
                }
            }
        }
    }

    private static bool Defines(KubernetesObject item, string group, string kind) =>
        item.Kind == "CustomResourceDefinition" && item.Root.GetString("spec", "group") == group && item.Root.GetString("spec", "names", "kind") == kind;
}
