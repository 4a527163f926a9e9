using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.References;

/// <summary>Reports Alerts and Receivers that name what does not exist.</summary>
public sealed class NotificationTargetMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2019", "notification-target-missing", "An Alert or a Receiver names an object that does not exist", Severity.Warning)
        {
            Fix = FixSafety.Suggestion,
            Reference = new("https://fluxcd.io/flux/components/notification/alerts/#event-sources"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        foreach (var alert in context.Cluster.Knowledge.OfKind(FluxGroups.Notification, "Alert"))
        {
            if (ClusterKnowledge.IsFailing(alert.Producer))
            {
                continue;
            }

            var ns = alert.Object.Namespace ?? "default";
            if (ObjectReference.Read(alert.Object.Root.Get("spec", "providerRef"), FluxGroups.Notification, "Provider", ns) is { } provider)
            {
                Check(context, alert, provider with { Id = provider.Id with { Namespace = ns } }, "so it sends nothing");
            }

            CheckAll(context, alert, alert.Object.Root.Get("spec", "eventSources"), ns, "so nothing is sent of it");
        }

        foreach (var receiver in context.Cluster.Knowledge.OfKind(FluxGroups.Notification, "Receiver"))
        {
            if (!ClusterKnowledge.IsFailing(receiver.Producer))
            {
                CheckAll(context, receiver, receiver.Object.Root.Get("spec", "resources"), receiver.Object.Namespace ?? "default", "so a webhook reconciles nothing");
            }
        }
    });

    private static void CheckAll(GraphContext context, EffectiveObject owner, YamlNode? list, string ns, string consequence)
    {
        foreach (var entry in list?.AsSequence()?.Items ?? [])
        {
            if (entry.GetString("kind") is { } kind && FluxGroups.OfKind(kind) is { } group && ObjectReference.Read(entry, group, null, ns) is { Id.Name: not "*" } reference)
            {
                Check(context, owner, reference, consequence);
            }
        }
    }

    private static void Check(GraphContext context, EffectiveObject owner, ObjectReference reference, string consequence)
    {
        var id = reference.Id;
        if (context.Cluster.Knowledge.Find(id).Presence != Presence.Missing)
        {
            return;
        }

        var (help, fixes) = Missing.Advice(context.Cluster, reference, $"Remove it, or name a {id.Kind} that is there");
        context.Report(
            reference.At,
            $"{id.Kind} {id.Namespace}/{id.Name} does not exist, {consequence}",
            help,
            fixes: fixes,
            about: owner.Id);
    }
}
