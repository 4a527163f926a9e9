using KubeLint.Analysis;

namespace KubeLint.Rules.Images;

/// <summary>Reports images that come from another registry than at the revision.</summary>
public sealed class ImageRegistryChanged : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1102", "image-registry-changed", "The image comes from another registry than at the revision", Severity.Info)
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
            if (before.RegistryHost is { } old && now.RegistryHost is { } host && old != host
                && (now.Registry.Location ?? now.Repository.Location) is { } place)
            {
                context.Report(
                    place,
                    $"{now.DisplayName} comes from {host} now; at {context.Revision} it was {ImageChanges.Describe(before)} from {old}: another registry can hold other content, ask for other credentials and limit the rate otherwise",
                    "See that the tag exists there, that the publisher is the same, and that a pull secret for it reaches the pod where one is needed",
                    about: owner);
            }
        }
    }
}
