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
/// <param name="Location">The token that names it.</param>
public sealed record ImageInventoryEntry(
    string? Registry,
    string? Repository,
    string? Tag,
    string? Digest,
    string? PullPolicy,
    ImmutableArray<string> PullSecrets,
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
            node.Location);
    }

    private static string? Written(ImagePart part) => part.Text.Length == 0 ? null : part.Text;
}
