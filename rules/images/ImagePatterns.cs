using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Flux.Images;

namespace KubeLint.Rules.Images;

/// <summary>
/// Globs over image names with their registry (<c>docker.io/library/nginx</c>). A pattern also names all that is below it:
/// <c>ghcr.io</c> a whole registry, <c>ghcr.io/org</c> an owner.
/// </summary>
internal sealed class ImagePatterns(ImmutableArray<string> patterns)
{
    private readonly ImmutableArray<GlobPattern> globs = [.. patterns.Select(pattern => new GlobPattern(pattern.TrimEnd('/')))];

    /// <summary>The first pattern that names the image; null where none does or the image's registry is not known.</summary>
    public string? Find(ContainerImage image)
    {
        if (globs.IsEmpty || (image.Name ?? image.RegistryHost) is not { } name)
        {
            return null;
        }

        foreach (var glob in globs)
        {
            if (IsAtOrAbove(glob, name))
            {
                return glob.Pattern;
            }
        }

        return null;
    }

    /// <summary>Whether a pattern names the image.</summary>
    public bool Contains(ContainerImage image) => Find(image) is not null;

    private static bool IsAtOrAbove(GlobPattern glob, string name)
    {
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            if (glob.IsMatch(name.AsSpan(0, slash)))
            {
                return true;
            }
        }

        return glob.IsMatch(name);
    }
}
