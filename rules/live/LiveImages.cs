using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Images;
using KubeLint.Flux.Live;
using KubeLint.Yaml;

namespace KubeLint.Rules.Live;

/// <summary>Finds where the repository writes what a container runs.</summary>
internal static class LiveImages
{
    /// <summary>The name that an image text of a pod means, with its tag and digest; null where it is none.</summary>
    public static (string Name, string? Tag, string? Digest)? Read(string image) =>
        ImageReference.TryParse(image, out var parsed, out _) && parsed.Registry is { } registry && parsed.Repository is { } repository
            ? ($"{registry}/{repository}", parsed.Tag.Value, parsed.Digest.Value)
            : null;

    /// <summary>The image of an object that a container's text names; the one with its tag before others; null where none is.</summary>
    public static ContainerImage? Find(LiveContext context, KubernetesObject item, string image)
    {
        if (Read(image) is not var (name, tag, _))
        {
            return context.Model.ImagesOf(item).FirstOrDefault(candidate => candidate.NameNode?.Value == image);
        }

        ContainerImage? found = null;
        foreach (var candidate in context.Model.ImagesOf(item))
        {
            if (candidate.Name == name && (found is null || candidate.Tag.Value == tag))
            {
                found = candidate;
            }
        }

        return found;
    }

    /// <summary>Where to point at for an image: its tag, else its name, else the object's name.</summary>
    public static Location PlaceOf(ContainerImage? image, KubernetesObject item) =>
        image?.Tag.Location ?? image?.NameNode?.Location ?? (item.Root.Get("metadata", "name") ?? item.Root).Location;

    /// <summary>Where a text that is no image reference stands: the scalar with all of it, else one with its name; null where none has it.</summary>
    public static Location? PlaceOf(KubernetesObject item, string text)
    {
        YamlScalar? best = null;
        Search(item.Root.Get("spec"));
        return best?.Location;

        void Search(YamlNode? node)
        {
            switch (node?.Resolved)
            {
                case YamlMapping mapping:
                    foreach (var entry in mapping.Entries)
                    {
                        Search(entry.Value);
                    }

                    break;
                case YamlSequence sequence:
                    foreach (var entry in sequence.Items)
                    {
                        Search(entry);
                    }

                    break;
                case YamlScalar { Value: { Length: > 2 } value } scalar:
                    // A chart joins repository and tag.
                    if (value == text || (best is null && value.Contains('/', StringComparison.Ordinal) && text.StartsWith(value, StringComparison.Ordinal)
                        && text[value.Length] is ':' or '@'))
                    {
                        best = scalar;
                    }

                    break;
            }
        }
    }

    /// <summary>The digest that a container runs; null where the runtime does not tell.</summary>
    public static string? Digest(System.Text.Json.JsonElement status) =>
        status.Text("imageID") is { } id && id.LastIndexOf("sha256:", StringComparison.Ordinal) is >= 0 and var at && id.Contains('@', StringComparison.Ordinal) ? id[at..] : null;

    /// <summary>The containers of a pod by name, with what their status says, init containers included.</summary>
    public static IEnumerable<(string Name, string Image, System.Text.Json.JsonElement Status)> Containers(LiveObject pod)
    {
        foreach (var (specs, statuses) in new[] { ("containers", "containerStatuses"), ("initContainers", "initContainerStatuses") })
        {
            foreach (var spec in pod.Root.Items("spec", specs))
            {
                var name = spec.Text("name") ?? "";
                yield return (name, spec.Text("image") ?? "", pod.Root.Items("status", statuses).FirstOrDefault(status => status.Text("name") == name));
            }
        }
    }
}
