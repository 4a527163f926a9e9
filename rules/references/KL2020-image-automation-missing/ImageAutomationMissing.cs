using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports image policies and automations that name what does not exist.</summary>
public sealed class ImageAutomationMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2020", "image-automation-missing", "An ImagePolicy or an ImageUpdateAutomation names an object that does not exist", Severity.Error)
        {
            Fix = FixSafety.Suggestion,
            Reference = new("https://fluxcd.io/flux/components/image/imagepolicies/#image-repository-reference"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var policy in context.Cluster.Knowledge.OfKind(FluxGroups.Image, "ImagePolicy"))
        {
            Check(context, policy, ObjectReference.Read(policy.Object.Root.Get("spec", "imageRepositoryRef"), FluxGroups.Image, "ImageRepository", policy.Object.Namespace ?? "default"), "so the policy selects no image");
        }

        foreach (var automation in context.Cluster.Knowledge.OfKind(FluxGroups.Image, "ImageUpdateAutomation"))
        {
            var reference = ObjectReference.Read(automation.Object.Root.Get("spec", "sourceRef"), FluxGroups.Source, null, automation.Object.Namespace ?? "default");
            Check(context, automation, reference is { Id.Kind: "GitRepository" } ? reference : null, "so nothing is updated");
        }
    });

    private static void Check(GraphContext context, EffectiveObject owner, ObjectReference? reference, string consequence)
    {
        if (reference is null || ClusterKnowledge.IsFailing(owner.Producer) || context.Cluster.Knowledge.Find(reference.Id).Presence != Presence.Missing)
        {
            return;
        }

        var id = reference.Id;
        var (help, fixes) = Missing.Advice(context.Cluster, reference, $"Add the {id.Kind}, or name one that is there");
        context.Report(reference.At, $"{id.Kind} {id.Namespace}/{id.Name} does not exist, {consequence}", help, fixes: fixes, about: owner.Id);
    }
}
