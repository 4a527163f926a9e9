using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Flux.Images;

namespace KubeLint.Rules.Images;

/// <summary>The images of objects now, each with what stood there at a revision.</summary>
internal static class ImageChanges
{
    /// <summary>
    /// The pairs. Two references are of one image where the last part of their names is the same: a container that became another
    /// program has no past.
    /// </summary>
    public static IEnumerable<(ContainerImage Before, ContainerImage Now, ObjectId Owner)> Of(ChangeContext context)
    {
        foreach (var change in context.Comparison.Objects)
        {
            // A release's values may come from another object.
            if (!change.IsChanged && !change.Now.Is(FluxGroups.Helm, "HelmRelease"))
            {
                continue;
            }

            var before = context.Before.ImagesOf(change.Before);
            foreach (var image in context.Model.ImagesOf(change.Now))
            {
                if (LastPart(image) is { } name && Counterpart(before.Where(other => LastPart(other) == name).ToList(), image) is { } counterpart)
                {
                    yield return (counterpart, image, change.Now.Id);
                }
            }
        }
    }

    /// <summary>An image with its tag and digest, as a person would write it.</summary>
    public static string Describe(ContainerImage image)
    {
        var tag = image.Tag.IsWritten ? $":{image.Tag.Text}" : "";
        var digest = !image.Digest.IsWritten ? "" : image.Digest.Text.Contains(':', StringComparison.Ordinal) ? $"@{image.Digest.Text}" : $"@sha256:{image.Digest.Text}";
        return $"{image.DisplayName}{tag}{digest}";
    }

    private static string? LastPart(ContainerImage image) => image.Repository.Value is { } name ? name[(name.LastIndexOf('/') + 1)..] : null;

    // A container that moved in its list is still the same one; of two with one image nobody knows which was which.
    private static ContainerImage? Counterpart(List<ContainerImage> candidates, ContainerImage image) =>
        candidates.Find(other => other.Path == image.Path) ?? (candidates.Count == 1 ? candidates[0] : null);
}
