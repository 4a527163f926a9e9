using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Images;

/// <summary>Reports markers whose policy does not exist where the automation looks, and markers in files that no automation changes.</summary>
public sealed class ImageMarkerIneffective : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1011", "image-marker-ineffective", "A marker of image automation has no effect", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/image/imageupdateautomations/#update"),
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

            automations ??= ImageAutomation.Of(context.Model);
            if (automations.Count == 0)
            {
                return;
            }

            foreach (var comment in file.Yaml.Comments)
            {
                if (ImagePolicyMarker.IsMeant(comment) && ImagePolicyMarker.Read(comment, out _) is { } marker)
                {
                    Check(context, automations, file, comment, marker);
                }
            }
        }
    });

    private static void Check(RepositoryContext context, List<ImageAutomation> automations, WorkspaceFile file, YamlComment comment, ImagePolicyMarker marker)
    {
        var reaching = automations.FindAll(automation => automation.Reaches(file.Path));
        var at = new Location(file.Yaml.Text, comment.Span);
        if (reaching.Count == 0)
        {
            // Of a cluster whose automations are not in the repository nothing is known.
            context.Report(
                at,
                "No ImageUpdateAutomation changes this file: it lies below the `update.path` of none",
                "Widen `spec.update.path`, or take the marker away",
                [new RelatedLocation((automations[0].Object.Root.Get("spec", "update", "path") ?? automations[0].Object.Root.Get("metadata", "name") ?? automations[0].Object.Root).Location, "Such a path")]);
            return;
        }

        if (reaching.Exists(automation => automation.Namespace == marker.Namespace && MayFind(automation, marker)))
        {
            return;
        }

        var same = reaching.Find(automation => automation.Namespace == marker.Namespace);
        if (same is null)
        {
            context.Report(
                at,
                $"The marker names a policy of namespace '{marker.Namespace}', and an automation takes policies of its own namespace only, here '{reaching[0].Namespace}'",
                reaching.Exists(automation => automation.FindPolicy(marker.Name) is not null) ? $"Write \"{reaching[0].Namespace}:{marker.Name}\"" : "Make the policy in the automation's namespace",
                [new RelatedLocation((reaching[0].Object.Root.Get("metadata", "name") ?? reaching[0].Object.Root).Location, "The automation")]);
            return;
        }

        var names = same.Cluster.Knowledge.OfKind(FluxGroups.Image, "ImagePolicy")
            .Where(item => (item.Object.Namespace ?? "default") == marker.Namespace).Select(item => item.Object.Name ?? "").Order(StringComparer.Ordinal);
        context.Report(
            at,
            $"There is no ImagePolicy '{marker.Name}' in namespace '{marker.Namespace}', so nothing updates this",
            NearestName.Find(marker.Name, names) is { } near ? $"Did you mean '{near}'?" : "Add the policy, or take the marker away");
    }

    private static bool MayFind(ImageAutomation automation, ImagePolicyMarker marker) =>
        automation.Cluster.Knowledge.Find(FluxGroups.Image, "ImagePolicy", automation.Namespace, marker.Name).Presence != Presence.Missing;
}
