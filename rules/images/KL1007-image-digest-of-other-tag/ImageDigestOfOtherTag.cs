using KubeLint.Analysis;
using KubeLint.Flux.Images;

namespace KubeLint.Rules.Images;

/// <summary>Reports one digest that stands beside two versions of an image.</summary>
public sealed class ImageDigestOfOtherTag : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1007", "image-digest-of-other-tag", "One digest stands beside two different versions of an image", Severity.Warning)
        {
            Reference = new("https://kubernetes.io/docs/concepts/containers/images/#image-names"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Repository(context =>
    {
        var first = new Dictionary<(string Name, string Digest), List<ContainerImage>>();
        foreach (var item in context.Model.Objects)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            foreach (var image in context.Model.ImagesOf(item))
            {
                if (image is not { Name: { } name, Tag: { Value: not null, Location: { } }, Digest: { Value: { } digest, Location: { } place } })
                {
                    continue;
                }

                if (!first.TryGetValue((name, digest), out var others))
                {
                    first.Add((name, digest), others = []);
                }

                if (others.Find(other => AreDifferentVersions(other.Tag.Text, image.Tag.Text)) is { } contrary)
                {
                    context.Report(
                        place,
                        $"This digest of {image.DisplayName} stands beside the tag '{image.Tag.Text}' here and beside '{contrary.Tag.Text}' elsewhere: one of the two tags is wrong, and the digest decides what runs",
                        "Change tag and digest together",
                        [new RelatedLocation(contrary.Tag.Location!.Value, "The other tag")],
                        about: image.Owner?.Id);
                }

                others.Add(image);
            }
        }
    });

    // `1.2` and `1.2.3`, `v1.2.3` and `1.2.3`, `latest` and `1.2.3` may well be one image.
    private static bool AreDifferentVersions(string left, string right)
    {
        var (one, two) = (Numbers(left), Numbers(right));
        var common = Math.Min(one.Count, two.Count);
        if (common < 2)
        {
            return false;
        }

        for (var i = 0; i < common; i++)
        {
            if (one[i] != two[i])
            {
                return true;
            }
        }

        return false;
    }

    // The numbers that a tag begins with.
    private static List<string> Numbers(string tag)
    {
        var numbers = new List<string>();
        foreach (var part in tag.TrimStart('v').Split('.', '-', '_'))
        {
            if (part.Length == 0 || part.AsSpan().ContainsAnyExceptInRange('0', '9'))
            {
                break;
            }

            numbers.Add(part.TrimStart('0'));
        }

        return numbers;
    }
}
