using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux.Images;

namespace KubeLint.Rules.Images;

/// <summary>Places that explain a part of an image.</summary>
internal static class ImageRelated
{
    /// <summary>What went into a computed part: the definitions of the variables that were substituted.</summary>
    public static ImmutableArray<RelatedLocation> Of(ImagePart part) =>
        part.Node?.Derivation is { Inputs: { IsDefaultOrEmpty: false } inputs }
            ? [.. inputs.Select(input => new RelatedLocation(input.Location, "This value goes into it"))]
            : [];
}
