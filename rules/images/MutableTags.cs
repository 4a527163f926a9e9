using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Flux.Images;

namespace KubeLint.Rules.Images;

/// <summary>Tags that by their name are moved to other images.</summary>
internal sealed class MutableTags(ImmutableArray<string> patterns)
{
    private readonly ImmutableArray<GlobPattern> globs = [.. patterns.Select(pattern => new GlobPattern(pattern.ToLowerInvariant()))];

    /// <summary>
    /// The names of channels. A date, a build or a commit behind a dash (<c>nightly-20260101</c>, <c>latest-build-441</c>)
    /// makes a name that stays, so these are whole names but for two endings.
    /// </summary>
    public static ImmutableArray<string> Default { get; } =
    [
        "latest", "*-latest", "main", "master", "trunk", "head", "edge", "nightly", "rolling", "dev", "devel", "develop", "development",
        "unstable", "canary", "snapshot", "*-snapshot", "stable", "current", "testing", "next",
    ];

    /// <summary>Whether the image is found by a tag that moves: one of these, or none where that means <c>latest</c>.</summary>
    public bool Find(ContainerImage image)
    {
        if (image.Digest.State != PartState.Absent || image.Tag.State == PartState.Unknown)
        {
            return false;
        }

        return image.Tag.Value is { } tag ? Contains(tag) : image.TagDefaultsToLatest && image.Repository.State == PartState.Known;
    }

    /// <summary>Whether a tag is one of these.</summary>
    public bool Contains(string tag)
    {
        var lower = tag.ToLowerInvariant();
        foreach (var glob in globs)
        {
            if (glob.IsMatch(lower))
            {
                return true;
            }
        }

        return false;
    }
}
