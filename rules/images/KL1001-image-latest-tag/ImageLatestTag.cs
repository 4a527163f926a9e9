using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux.Images;
using KubeLint.Yaml;

namespace KubeLint.Rules.Images;

/// <summary>Reports images that are found by a tag that moves.</summary>
public sealed class ImageLatestTag : Rule<ImageLatestTag.ImageLatestTagOptions>
{
    private const string Consequence = "a restart can change the version without a commit, and a revert does not bring the old one back";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1001", "image-latest-tag", "The image's tag is moved to other images, or is missing", Severity.Warning)
        {
            FixOption = "--pin",
            Reference = new("https://kubernetes.io/docs/concepts/containers/images/#image-names"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        var tags = new MutableTags(Options.MutableTags);
        var allowed = new ImagePatterns(Options.Allow);
        on.Image(context => Check(context, tags, allowed));
    }

    private static void Check(ImageContext context, MutableTags tags, ImagePatterns allowed)
    {
        var image = context.Image;
        if (!tags.Find(image) || allowed.Contains(image))
        {
            return;
        }

        if (image.Tag.Location is { } tag)
        {
            // A tag behind an anchor is that of all images that share it: one finding.
            var of = image.DisplayName.Length == 0 || image.Tag.Node?.Anchor is not null ? "" : $" of {image.DisplayName}";
            context.Report(tag, $"The tag '{image.Tag.Text}'{of} moves: {Consequence}", Help(image), ImageRelated.Of(image.Tag), Fixes(context));
        }
        else if (image.NameNode is { } name)
        {
            context.Report(name, $"{image.DisplayName} has neither tag nor digest, which means 'latest', and that moves: {Consequence}", Help(image));
        }
    }

    // Only what a person gave: no version is ever guessed.
    private static ImmutableArray<Fix> Fixes(ImageContext context)
    {
        // A computed value stands nowhere as it is; a shared one is that of other images too, and so may be one of another file.
        var tag = context.Image.Tag;
        if (context.Pin is not { } pin || tag is not { Node: { Derivation: null, Anchor: null } node, TextLocation: { } place }
            || context.Image.Repository.Node?.Source.Path != node.Source.Path)
        {
            return [];
        }

        var isBareNumber = tag.Range is null && node.Style == YamlScalarStyle.Plain && Yaml11.ResolvePlain(pin) != YamlScalarType.String;
        return [new Fix($"Pin the tag to {pin}", FixSafety.Safe, [new FileEdit(place.Text, [new TextEdit(place.Span, isBareNumber ? $"\"{pin}\"" : pin)])])];
    }

    private static string Help(ContainerImage image) => image.Shape switch
    {
        ImageShape.KustomizeTransformer => "Write the version that should run: `newTag: <version>`, or its `digest`",
        ImageShape.ValuesMap or ImageShape.AppTemplate => "Write the version that should run, best with its digest: `tag: <version>@sha256:<digest>`",
        _ when image.Tag.Node is { } node && node != image.Repository.Node => "Write the version that should run, best with its digest: `tag: <version>@sha256:<digest>`",
        _ => $"Write the version that should run, best with its digest: `{image.DisplayName}:<version>@sha256:<digest>`",
    };

    /// <summary>The options of KL1001.</summary>
    public sealed record ImageLatestTagOptions
    {
        /// <summary>The tags that move, whatever their case; <c>*</c> stands for any text.</summary>
        public ImmutableArray<string> MutableTags { get; init; } = Images.MutableTags.Default;

        /// <summary>Images that may be found by such a tag: registries or names, for instance <c>registry.example.com/tools/*</c>.</summary>
        public ImmutableArray<string> Allow { get; init; } = [];
    }
}
