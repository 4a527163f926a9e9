using KubeLint.Flux;
using KubeLint.LanguageServer.Protocol;

namespace KubeLint.LanguageServer.Features.Completion;

/// <summary>The names of objects, their namespaces and their keys, where a field names one.</summary>
internal static class ReferenceCandidates
{
    /// <summary>What could stand in a place; empty where no field names an object.</summary>
    public static IEnumerable<Candidate> At(CompletionSite site, Surroundings around)
    {
        if (site.Token.IsKey && !site.MayBeItem)
        {
            return [];
        }

        foreach (var field in ReferenceFields.Of(site.Group, site.Kind))
        {
            if (site.IsValueAt($"{field.Path}.{field.NameKey}"))
            {
                return Names(site, field, around);
            }

            if (site.IsValueAt($"{field.Path}.namespace") && field.HasNamespace)
            {
                return Namespaces(site, field, around);
            }

            if (site.IsValueAt($"{field.Path}.valuesKey") || (site.IsValueAt($"{field.Path}.key") && field.Kinds is ["ConfigMap" or "Secret"]))
            {
                return Keys(site, field, around);
            }
        }

        return site.IsValueAt("metadata.namespace") || site.IsValueAt("spec.targetNamespace") || site.IsValueAt("namespace") ? AllNamespaces(around) : [];
    }

    private static IEnumerable<Candidate> Names(CompletionSite site, ReferenceField field, Surroundings around)
    {
        var wanted = site.Sibling("namespace");
        foreach (var (item, owner) in Objects(site, field, around))
        {
            var ns = item.Namespace ?? "default";
            var isNear = ns == (wanted ?? owner ?? ns);
            if (item.Name is not { } name || (!isNear && (wanted is not null || !field.HasNamespace)))
            {
                continue;
            }

            yield return new Candidate(name, CompletionItemKind.Reference)
            {
                Detail = $"{(field.Kinds.Length == 1 ? "" : item.Kind + " ")}in {ns}: {item.Root.Source.Root.Path}",
                Label = isNear ? null : $"{name} ({ns})",
                Suffix = isNear ? "" : site.Token.IsFlow ? $", namespace: {ns}" : $"\n{new string(' ', site.Token.Column)}namespace: {ns}",
                Order = isNear ? 0 : 1,
            };
        }
    }

    private static IEnumerable<Candidate> Namespaces(CompletionSite site, ReferenceField field, Surroundings around)
    {
        var name = site.Sibling(field.NameKey);
        return Objects(site, field, around).Where(pair => name is null || pair.Item.Name == name)
            .Select(pair => new Candidate(pair.Item.Namespace ?? "default", CompletionItemKind.Module) { Detail = $"of {pair.Item.Kind} {pair.Item.Name}" });
    }

    private static IEnumerable<Candidate> Keys(CompletionSite site, ReferenceField field, Surroundings around)
    {
        var kind = field.Kinds.Length == 1 ? field.Kinds[0] : site.Sibling("kind");
        if (kind is null || site.Sibling(field.NameKey) is not { } name)
        {
            return [];
        }

        // The keys of a Secret are no secret; what they hold is not looked at.
        return around.Clusters().SelectMany(cluster => cluster.Knowledge.KeysOf(kind, around.NamespaceIn(cluster, site.Root), name).Names)
            .Select(key => new Candidate(key, CompletionItemKind.Value) { Detail = $"of {kind} {name}" });
    }

    private static IEnumerable<Candidate> AllNamespaces(Surroundings around) =>
        around.Clusters().SelectMany(cluster => cluster.Objects())
            .Select(item => item.Object.Is("", "Namespace") ? item.Object.Name : item.Object.Namespace).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(ns => new Candidate(ns, CompletionItemKind.Module));

    private static IEnumerable<(KubernetesObject Item, string? Owner)> Objects(CompletionSite site, ReferenceField field, Surroundings around)
    {
        var kinds = site.Sibling("kind") is { } one && field.Kinds.Length != 1 ? [one] : field.Kinds;
        var self = site.Root.GetString("metadata", "name");
        foreach (var cluster in around.Clusters())
        {
            var owner = around.NamespaceIn(cluster, site.Root);
            foreach (var kind in kinds)
            {
                var group = field.Group ?? (site.Sibling("apiVersion") is { } version ? version.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? version[..slash] : "" : FluxGroups.OfKind(kind));
                foreach (var item in Candidates(cluster, group, kind))
                {
                    if (site.Kind != kind || item.Name != self || (item.Namespace ?? "default") != owner)
                    {
                        yield return (item, owner);
                    }
                }
            }
        }

        if (around.Model.Clusters.IsEmpty)
        {
            foreach (var item in around.Model.Objects)
            {
                if (kinds.Contains(item.Kind))
                {
                    yield return (item, site.Root.GetString("metadata", "namespace"));
                }
            }
        }
    }

    private static IEnumerable<KubernetesObject> Candidates(FluxCluster cluster, string? group, string kind) =>
        cluster.Kustomizations.Where(kustomization => kustomization.EntryPoint is not null).Select(kustomization => kustomization.Object)
            .Concat(cluster.Bootstrapped)
            .Concat(cluster.Objects().Select(item => item.Object))
            .Where(item => item.Kind == kind && (group is null || item.Group == group));
}
