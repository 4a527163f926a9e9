using KubeLint.Analysis;
using KubeLint.Flux.Images;

namespace KubeLint.Rules.Images;

/// <summary>Reports images that had a version at the revision and a tag that moves now.</summary>
public sealed class ImageVersionDropped : Rule
{
    private static readonly MutableTags Moving = new(MutableTags.Default);

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1103", "image-version-dropped", "The image had a version at the revision, and has a tag that moves now", Severity.Warning)
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
            // What had a digest lost that: image-digest-dropped says so.
            if (before.Digest.State != PartState.Absent || before.Tag.Value is not { } old || !IsVersion(old) || Moving.Find(before)
                || now.Digest.State != PartState.Absent || !(Moving.Find(now) || IsWider(now.Tag.Value, old)))
            {
                continue;
            }

            if ((now.Tag.Location ?? now.NameNode?.Location) is { } place)
            {
                var tag = now.Tag.IsWritten ? $"the tag '{now.Tag.Text}'" : "no tag, which means 'latest',";
                context.Report(
                    place,
                    $"{now.DisplayName} had the version {old} at {context.Revision} and has {tag} now, which moves: a restart can change what runs, and a revert does not bring it back",
                    $"Write the version that should run, for instance the one that ran: {old}",
                    ImageRelated.Of(now.Tag),
                    about: owner);
            }
        }
    }

    private static bool IsVersion(string tag)
    {
        var text = tag.StartsWith('v') ? tag[1..] : tag;
        return text.Length > 0 && char.IsAsciiDigit(text[0]);
    }

    // "1.64" after "1.64.2" moves with each patch.
    private static bool IsWider(string? tag, string version) =>
        tag is not null && IsVersion(tag) && version.Length > tag.Length && version[tag.Length] == '.' && version.StartsWith(tag, StringComparison.Ordinal);
}
