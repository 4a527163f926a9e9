using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux.Images;

namespace KubeLint.Rules.Images;

/// <summary>Reports images that are found by a tag alone.</summary>
public sealed class ImageDigestMissing : Rule<ImageDigestMissing.ImageDigestMissingOptions>
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1005", "image-digest-missing", "An image is not pinned by its digest", Severity.Info)
        {
            IsEnabledByDefault = false,
            Reference = new("https://kubernetes.io/docs/concepts/containers/images/#image-names"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        var allowed = new ImagePatterns(Options.Allow);
        on.Image(context =>
        {
            var image = context.Image;
            if (image is { Digest.State: PartState.Absent, Tag: { State: PartState.Known, Location: { } place } } && !allowed.Contains(image))
            {
                var of = image.Tag.Node?.Anchor is not null || image.DisplayName.Length == 0 ? "" : $" of {image.DisplayName}";
                context.Report(
                    place,
                    $"Only the tag '{image.Tag.Text}'{of} says what runs, and whoever can push to the registry can move it",
                    "Write the digest behind it: `<tag>@sha256:<digest>`",
                    ImageRelated.Of(image.Tag));
            }
        });
    }

    /// <summary>The options of KL1005.</summary>
    public sealed record ImageDigestMissingOptions
    {
        /// <summary>Images that need no digest: registries or names, for instance <c>registry.example.com</c>.</summary>
        public ImmutableArray<string> Allow { get; init; } = [];
    }
}
