using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports references to sources that the cluster does not have.</summary>
public sealed class SourceMissing : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2001", "source-missing", "The source that is named does not exist in the cluster", Severity.Error)
        {
            Fix = FixSafety.Suggestion,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#source-reference"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        on.Kustomization(context =>
        {
            if (context.Kustomization.EntryPoint is null)
            {
                Check(context, context.Cluster, context.Kustomization.Object, context.Kustomization.Parent, context.Kustomization.Id);
            }
            else
            {
                CheckBeginning(context);
            }
        });
        on.HelmRelease(context => Check(context, context.Cluster, context.Release.Object, context.Release.Effective.Producer, context.Release.Id));
        on.Graph(context =>
        {
            foreach (var item in context.Cluster.Knowledge.OfKind(FluxGroups.Source, "HelmChart"))
            {
                Check(context, context.Cluster, item.Object, item.Producer, item.Id);
            }
        });
    }

    private static void Check(RuleContext context, FluxCluster cluster, KubernetesObject item, FluxKustomization? producer, ObjectId id)
    {
        if (producer is not null && ClusterKnowledge.IsFailing(producer))
        {
            return;
        }

        foreach (var field in ReferenceFields.Of(item.Group, item.Kind))
        {
            var kinds = field.Kinds;
            if (SourceReferences.Find(item, field) is not { } mapping
                || ObjectReference.Read(mapping, FluxGroups.Source, null, id.Namespace ?? "default") is not { } reference || !kinds.Contains(reference.Id.Kind)
                || cluster.Knowledge.Find(reference.Id).Presence != Presence.Missing)
            {
                continue;
            }

            foreach (var kind in kinds)
            {
                if (kind != reference.Id.Kind && mapping["kind"] is { } node
                    && !cluster.Knowledge.ProducersOf(FluxGroups.Source, kind, reference.Id.Namespace, reference.Id.Name).IsEmpty)
                {
                    Report(context, reference, $"{kind} {reference.Id.Name} is there: write `kind: {kind}`", YamlEdits.Replace($"Write kind {kind}", FixSafety.Suggestion, node, kind), id);
                    return;
                }
            }

            var (help, fixes) = Missing.Advice(cluster, reference, $"Add the {reference.Id.Kind} to what this cluster applies, or name one that is there");
            Report(context, reference, help, fixes, id);
        }
    }

    // What a cluster begins with is made by bootstrap, which writes both into one file.
    private static void CheckBeginning(KustomizationContext context)
    {
        var item = context.Kustomization.Object;
        if (context.Kustomization.Source is not { } source || item.Root.Get("spec", "sourceRef", "name") is not { } at
            || !at.Source.Root.Path.EndsWith("gotk-sync.yaml", StringComparison.Ordinal) || context.Model.Workspace.FindSelected(at.Source.Root.Path) is not { } file)
        {
            return;
        }

        var others = file.Objects().Where(other => other.Is(FluxGroups.Source, source.Kind)).Select(other => other.Name).OfType<string>().ToList();
        if (others.Count > 0 && !others.Contains(source.Name) && context.Cluster.Knowledge.ProducersOf(source.Group, source.Kind, source.Namespace, source.Name).IsEmpty)
        {
            context.Report(
                at,
                $"{source.Kind} {source.Namespace}/{source.Name} does not exist, so Flux cannot fetch it and applies nothing of what needs it",
                $"Write `{others[0]}`, the source in this file, or name that one `{source.Name}`");
        }
    }

    private static void Report(RuleContext context, ObjectReference reference, string help, System.Collections.Immutable.ImmutableArray<Fix> fixes, ObjectId about) => context.Report(
        reference.At,
        $"{reference.Id.Kind} {reference.Id.Namespace}/{reference.Id.Name} does not exist, so Flux cannot fetch it and applies nothing of what needs it",
        help,
        fixes: fixes,
        about: about);
}
