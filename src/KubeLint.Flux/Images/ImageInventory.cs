using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>An image that a repository puts on a cluster, as a row of a list. What is not known is null.</summary>
/// <param name="Registry">The registry's host; null where a chart or a variable decides it.</param>
/// <param name="Repository">The repository within the registry as written; null where a chart decides it.</param>
/// <param name="Tag">The tag as written, variables included.</param>
/// <param name="Digest">The digest.</param>
/// <param name="PullPolicy">The pull policy as written.</param>
/// <param name="PullSecrets">The names of the pull secrets that are written for its pod.</param>
/// <param name="Owner">The object that names it: the HelmRelease, the workload.</param>
/// <param name="Path">Where it stands in the object.</param>
/// <param name="Location">The token that names it.</param>
public sealed record ImageInventoryEntry(
    string? Registry,
    string? Repository,
    string? Tag,
    string? Digest,
    string? PullPolicy,
    ImmutableArray<string> PullSecrets,
    ObjectId? Owner,
    string Path,
    Location Location)
{
    /// <summary>The row of an image; null where no image is named: only a pull policy, or only a registry.</summary>
    public static ImageInventoryEntry? From(ContainerImage image)
    {
        if (image.NameNode is not { } node || !(image.Repository.IsWritten || image.Tag.IsWritten || image.Digest.IsWritten)
            || image.Shape == ImageShape.KustomizeTransformer)
        {
            return null;
        }

        return new ImageInventoryEntry(
            image.RegistryHost ?? Written(image.Registry),
            Written(image.Repository),
            Written(image.Tag),
            Written(image.Digest),
            Written(image.PullPolicy),
            [.. image.Credentials.PullSecrets.Where(secret => secret.Text.Length > 0).Select(secret => secret.Text).Distinct(StringComparer.Ordinal)],
            image.Owner?.Id,
            image.Path,
            node.Location);
    }

    private static string? Written(ImagePart part) => part.Text.Length == 0 ? null : part.Text;
}

/// <summary>The images of a repository as a list for people and scripts.</summary>
public static class ImageInventory
{
    /// <summary>The rows of all images that a repository puts on its clusters; where no cluster is known, of all that it names.</summary>
    /// <param name="model">The repository, built.</param>
    public static ImmutableArray<ImageInventoryEntry> Create(RepositoryModel model) =>
        Create(model.Objects.Where(item => !model.IsOnlyIfApplied(item)).SelectMany(item => model.ImagesOf(item)));

    /// <summary>
    /// The rows, ordered by registry, repository, tag and place. An image that stands at one place and reaches several objects
    /// has a row for each of them.
    /// </summary>
    /// <param name="images">The images.</param>
    public static ImmutableArray<ImageInventoryEntry> Create(IEnumerable<ContainerImage> images) =>
    [
        .. images.Select(ImageInventoryEntry.From).OfType<ImageInventoryEntry>()
            .DistinctBy(entry => (entry.Owner, entry.Path, entry.Location.Text.Path, entry.Location.Span, entry.Tag, entry.Digest))
            .OrderBy(entry => entry.Registry, StringComparer.Ordinal)
            .ThenBy(entry => entry.Repository, StringComparer.Ordinal)
            .ThenBy(entry => entry.Tag, StringComparer.Ordinal)
            .ThenBy(entry => entry.Location.Text.Path, StringComparer.Ordinal)
            .ThenBy(entry => entry.Location.Span.Start),
    ];
}
