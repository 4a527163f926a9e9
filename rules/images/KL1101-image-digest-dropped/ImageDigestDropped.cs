using KubeLint.Analysis;
using KubeLint.Flux.Images;

namespace KubeLint.Rules.Images;

/// <summary>Reports images that were pinned by digest at the revision and are not any more.</summary>
public sealed class ImageDigestDropped : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1101", "image-digest-dropped", "The image was pinned by digest at the revision, and is not any more", Severity.Warning)
        {
            NeedsRevision = true,
            Reference = new("https://kubernetes.io/docs/concepts/containers/images/#image-names"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Change(Check);

    private static void Check(ChangeContext context)
    {
        foreach (var (before, now, owner) in ImageChanges.Of(context))
        {
            // Where a variable may bring the digest, nobody knows.
            if (before.Digest.State != PartState.Known || now.Digest.State != PartState.Absent || now.Tag.State == PartState.Unknown)
            {
                continue;
            }

            if ((now.Tag.Location ?? now.NameNode?.Location) is { } place)
            {
                var move = before.RegistryHost is { } old && now.RegistryHost is { } host && old != host ? $" and moved from {old} to {host}" : "";
                context.Report(
                    place,
                    $"{now.DisplayName} lost its digest{move}: it was {ImageChanges.Describe(before)} at {context.Revision}, and what '{Tag(now)}' names can change without a commit",
                    "Write the digest of the new version behind its tag: `<version>@sha256:<digest>`",
                    ImageRelated.Of(now.Tag),
                    about: owner);
            }
        }
    }

    private static string Tag(ContainerImage image) => image.Tag.IsWritten ? image.Tag.Text : "latest";
}
