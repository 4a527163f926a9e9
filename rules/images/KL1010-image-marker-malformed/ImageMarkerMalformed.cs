using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Images;

/// <summary>Reports comments that are meant for image automation and that it does not read.</summary>
public sealed class ImageMarkerMalformed : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1010", "image-marker-malformed", "A marker of image automation is malformed, so nothing is updated", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/image/imageupdateautomations/#update-strategy"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.File(context =>
    {
        if (!ImagePolicyMarker.MayStandIn(context.File.Yaml.Text.Content))
        {
            return;
        }

        foreach (var comment in context.File.Yaml.Comments)
        {
            if (comment.IsInline && ImagePolicyMarker.IsMeant(comment) && ImagePolicyMarker.Read(comment, out var error) is null)
            {
                context.Report(
                    new Location(context.File.Yaml.Text, comment.Span),
                    $"Image automation passes over this marker: {error}",
                    "Write `# {\"$imagepolicy\": \"namespace:policy\"}`, with `:tag`, `:name` or `:digest` behind the policy for a part of the image");
            }
        }
    });
}
