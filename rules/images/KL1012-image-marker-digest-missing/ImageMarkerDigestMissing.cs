using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Images;

/// <summary>Reports markers that want a digest of a policy that reflects none.</summary>
public sealed class ImageMarkerDigestMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1012", "image-marker-digest-missing", "A marker wants a digest, and its policy finds none", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/image/imagepolicies/#digest-reflection"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Repository(context =>
    {
        List<ImageAutomation>? automations = null;
        foreach (var file in context.Model.Workspace.SelectedFiles)
        {
            if (!ImagePolicyMarker.MayStandIn(file.Yaml.Text.Content))
            {
                continue;
            }

            foreach (var comment in file.Yaml.Comments)
            {
                if (!ImagePolicyMarker.IsMeant(comment) || ImagePolicyMarker.Read(comment, out _) is not { Field: "digest" } marker)
                {
                    continue;
                }

                automations ??= ImageAutomation.Of(context.Model);
                foreach (var automation in automations)
                {
                    if (automation.Namespace == marker.Namespace && automation.Reaches(file.Path) && automation.FindPolicy(marker.Name) is { } policy
                        && (policy.Spec?["digestReflectionPolicy"] is null || policy.Spec.GetString("digestReflectionPolicy") == "Never"))
                    {
                        context.Report(
                            new Location(file.Yaml.Text, comment.Span),
                            $"ImagePolicy '{marker.Name}' finds no digests (`digestReflectionPolicy: Never`, the default), so the automation writes an empty text here",
                            "Write `digestReflectionPolicy: IfNotPresent` in the policy",
                            [new RelatedLocation((policy.Spec?["digestReflectionPolicy"] ?? policy.Root.Get("metadata", "name") ?? policy.Root).Location, "The policy")]);
                        break;
                    }
                }
            }
        }
    });
}
