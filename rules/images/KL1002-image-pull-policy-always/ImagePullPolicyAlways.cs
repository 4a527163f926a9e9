using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux.Images;
using KubeLint.Yaml;

namespace KubeLint.Rules.Images;

/// <summary>Reports <c>Always</c> and says what it does to this image.</summary>
public sealed class ImagePullPolicyAlways : Rule<ImagePullPolicyAlways.ImagePullPolicyAlwaysOptions>
{
    private const string Replacement = "IfNotPresent";
    private const string Consequence = "no pod starts while the registry is down or limits the rate";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1002", "image-pull-policy-always", "The pull policy asks the registry at every start", Severity.Warning) { Fix = FixSafety.Safe, Reference = new("https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy") };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        var tags = new MutableTags(Options.MutableTags);
        var exempt = new ImagePatterns(Options.ExemptRegistries);
        on.Image(context => Check(context, tags, exempt));
    }

    private static void Check(ImageContext context, MutableTags tags, ImagePatterns exempt)
    {
        var image = context.Image;
        if (image.PullPolicy is not { Value: "Always", Location: { } place } || exempt.Contains(image))
        {
            return;
        }

        var name = image.DisplayName.Length == 0 ? "this chart's images" : image.DisplayName;
        if (image.PullPolicy.Node?.Anchor is { } anchor)
        {
            // One finding for all images that share it, whatever their tags are.
            context.Report(
                place,
                $"'Always' asks the registry at every start of each image that shares '&{anchor}': {Consequence}",
                "Write `IfNotPresent` once the tag or digest of each of them names one version");
        }
        else if (image.Digest.State == PartState.Known)
        {
            context.Report(
                place,
                $"'Always' only costs a registry call at every start here: {name} is pinned by digest and cannot change, yet {Consequence}",
                "Write `IfNotPresent`: a node pulls the digest once",
                fixes: Fixes(image.PullPolicy, FixSafety.Safe));
        }
        else if (tags.Find(image))
        {
            var tag = image.Tag.Value ?? "latest";
            context.Report(
                place,
                $"'Always' with the tag '{tag}' runs whatever {name} is at each start, and {Consequence}",
                "Pin the tag first, to a version and best its digest; then write `IfNotPresent`",
                ImageRelated.Of(image.PullPolicy));
        }
        else if (image.Tag.State == PartState.Known)
        {
            context.Report(
                place,
                $"'Always' asks the registry at every start, though '{image.Tag.Text}' of {name} should stay the same image: {Consequence}",
                "Write `IfNotPresent`; if this tag is moved, pin its digest too",
                fixes: Fixes(image.PullPolicy, FixSafety.Unsafe));
        }
        else
        {
            context.Report(
                place,
                $"'Always' asks the registry for {name} at every start: {Consequence}",
                "Write `IfNotPresent` once the image's tag or digest names one version");
        }
    }

    private static ImmutableArray<Fix> Fixes(ImagePart policy, FixSafety safety)
    {
        // A computed value stands nowhere as it is.
        if (policy is not { Node.Derivation: null, TextLocation: { } text })
        {
            return [];
        }

        return
        [
            new Fix($"Write {Replacement}", safety, [new FileEdit(text.Text, [new TextEdit(text.Span, Replacement)])]),
        ];
    }

    /// <summary>The options of KL1002.</summary>
    public sealed record ImagePullPolicyAlwaysOptions
    {
        /// <summary>
        /// Images whose pull policy is not judged: registries or names, for instance <c>registry.example.com</c>. Meant for
        /// registries that stand beside the cluster, and for shared nodes where <c>Always</c> makes each pod show its credentials.
        /// </summary>
        public ImmutableArray<string> ExemptRegistries { get; init; } = [];

        /// <summary>The tags that move, whatever their case; <c>*</c> stands for any text.</summary>
        public ImmutableArray<string> MutableTags { get; init; } = Images.MutableTags.Default;
    }
}
