using KubeLint.Analysis;
using KubeLint.Flux.Images;

namespace KubeLint.Rules.Images;

/// <summary>Reports images that their registry does not have.</summary>
public sealed class ImageNotInRegistry : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1090", "image-not-in-registry", "The image's registry says that it has no such image", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff"),
            NeedsRegistry = true,
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Image(Check);

    private static void Check(ImageContext context)
    {
        if (context.Absent is not { } words || context.Image is not { Shape: not ImageShape.KustomizeTransformer, NameNode: { } name } image)
        {
            return;
        }

        context.Report(
            image.Tag.Location ?? image.Digest.Location ?? name.Location,
            $"{image.WholeReference} does not exist: {words}",
            $"Write an image that exists; `skopeo list-tags docker://{image.Name}` shows the tags");
    }
}
