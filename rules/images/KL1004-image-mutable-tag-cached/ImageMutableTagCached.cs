using System.Collections.Immutable;

using KubeLint.Analysis;

namespace KubeLint.Rules.Images;

/// <summary>Reports <c>IfNotPresent</c> where each node keeps what a moving tag was when it pulled.</summary>
public sealed class ImageMutableTagCached : Rule<ImageMutableTagCached.ImageMutableTagCachedOptions>
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1004", "image-mutable-tag-cached", "A moving tag with IfNotPresent lets nodes run different versions", Severity.Warning)
        {
            Reference = new("https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        var tags = new MutableTags(Options.MutableTags);
        on.Image(context =>
        {
            var image = context.Image;
            if (image.PullPolicy is { Value: "IfNotPresent", Node.Anchor: null, Location: { } place } && tags.Find(image))
            {
                context.Report(
                    place,
                    $"'IfNotPresent' with the tag '{image.Tag.Value ?? "latest"}' that moves: each node runs what {image.DisplayName} was when that node first pulled it",
                    "Pin the tag to a version, best with its digest; then this policy is the right one",
                    ImageRelated.Of(image.PullPolicy));
            }
        });
    }

    /// <summary>The options of KL1004.</summary>
    public sealed record ImageMutableTagCachedOptions
    {
        /// <summary>The tags that move, whatever their case; <c>*</c> stands for any text.</summary>
        public ImmutableArray<string> MutableTags { get; init; } = Images.MutableTags.Default;
    }
}
