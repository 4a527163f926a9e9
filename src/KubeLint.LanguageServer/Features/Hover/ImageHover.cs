using KubeLint.Flux;
using KubeLint.Flux.Images;
using KubeLint.LanguageServer.Navigation;

namespace KubeLint.LanguageServer.Features.Hover;

/// <summary>Takes an image apart.</summary>
internal static class ImageHover
{
    /// <summary>A text for each image that has a part at a place, those of clusters that get it alike once.</summary>
    public static IEnumerable<string> At(DocumentView view, EffectiveText text, NodePlace place, int offset)
    {
        var images = view.Snapshot.Effective.ObjectsWith(view.File.DisplayPath).SelectMany(item => view.Snapshot.Model.ImagesOf(item));
        if (KubernetesObject.From(place.Root) is null or { Group: "kustomize.config.k8s.io" } && place.Outer is null && place.Root.AsMapping() is { } kustomization
            && FileClassification.IsKustomizationName(view.File.Path))
        {
            images = images.Concat(ContainerImages.OfKustomizationFile(kustomization));
        }

        return images.Where(image => Parts(image).Any(part => part.Part.Location is { } at && at.Text.Path == view.File.DisplayPath && at.Span.Touches(offset)))
            .Select(image => Describe(view, text, image)).Distinct().Take(3);
    }

    private static IEnumerable<(string Name, ImagePart Part)> Parts(ContainerImage image) =>
        [("registry", image.Registry), ("repository", image.Repository), ("tag", image.Tag), ("digest", image.Digest), ("pull policy", image.PullPolicy)];

    private static string Describe(DocumentView view, EffectiveText text, ContainerImage image)
    {
        var isSecret = Parts(image).Any(part => view.Snapshot.Effective.SecretOf(part.Part.Node) is not null);
        var lines = new List<string> { image.WholeReference is { } whole && !isSecret ? $"Image {EffectiveText.Code(whole)}" : "Image" };
        foreach (var (name, part) in Parts(image))
        {
            if (part.IsWritten)
            {
                var value = view.Snapshot.Effective.SecretOf(part.Node) is { } secret ? EffectiveText.FromSecret(secret)
                    : part.State == PartState.Unknown ? "not known here"
                    : EffectiveText.Code(part.Text);
                var elsewhere = part.Location!.Value is var at && at.Text.Path != view.File.DisplayPath ? $" ({text.Link(at)})" : "";
                lines.Add($"- {name}: {value}{elsewhere}");
            }
            else if (name == "registry" && image.RegistryHost is { } host)
            {
                lines.Add($"- registry: {EffectiveText.Code(host)}, as none is written");
            }
            else if (name == "tag" && image.TagDefaultsToLatest && !image.IsPinned)
            {
                lines.Add("- tag: `latest`, as none is written");
            }
        }

        return string.Join('\n', lines);
    }
}
