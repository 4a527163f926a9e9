using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.References;

/// <summary>What is wrong with an entry of <c>dependsOn</c>.</summary>
internal enum DependencyFault
{
    /// <summary>Nothing, or nothing that is known.</summary>
    None,

    /// <summary>Nothing makes it.</summary>
    Missing,

    /// <summary>It is in one other namespace, and the entry tells none.</summary>
    NamespaceAbsent,

    /// <summary>An object of the name is of the other kind.</summary>
    OtherKind,

    /// <summary>Only builds that fail make it.</summary>
    NeverMade,
}

/// <summary>An entry of <c>dependsOn</c>, judged.</summary>
/// <param name="Reference">The entry.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Found">The object of the other kind that it may mean.</param>
/// <param name="Producer">The Kustomization whose build fails.</param>
/// <param name="Namespaces">Other namespaces that have one of the kind and name.</param>
internal sealed record Dependency(ObjectReference Reference, DependencyFault Fault, EffectiveObject? Found, FluxKustomization? Producer, ImmutableArray<string> Namespaces);

/// <summary>Judges <c>dependsOn</c> of Kustomizations and HelmReleases: each waits for its own kind (https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies).</summary>
internal static class Dependencies
{
    /// <summary>The entries that name something.</summary>
    public static IEnumerable<ObjectReference> Of(KubernetesObject item, ObjectId id) =>
        item.Root.Get("spec", "dependsOn")?.AsSequence() is { } entries ? Read(entries, id) : [];

    private static IEnumerable<ObjectReference> Read(YamlSequence entries, ObjectId id)
    {
        foreach (var entry in entries.Items)
        {
            if (ObjectReference.Read(entry, id.Group, id.Kind, id.Namespace ?? "default") is { } reference)
            {
                yield return reference;
            }
        }
    }

    /// <summary>The entries with what is wrong with them.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="item">The Kustomization or HelmRelease.</param>
    /// <param name="id">Its identity, the namespace filled in.</param>
    /// <param name="producer">What applies it; null for an entry point.</param>
    public static IEnumerable<Dependency> Judge(FluxCluster cluster, KubernetesObject item, ObjectId id, FluxKustomization? producer)
    {
        // What a failing build makes is not applied: that is told once.
        if (producer is not null && ClusterKnowledge.IsFailing(producer))
        {
            yield break;
        }

        foreach (var reference in Of(item, id))
        {
            var existence = cluster.Knowledge.Find(reference.Id);
            if (existence.Presence == Presence.Failing)
            {
                yield return new Dependency(reference, DependencyFault.NeverMade, null, existence.Found!.Producer, []);
            }
            else if (existence.Presence == Presence.Missing)
            {
                yield return JudgeMissing(cluster, reference);
            }
            else if (existence.By == UnseenMaker.Build && FindFailing(cluster, existence.Maker, reference.Id) is { } failing)
            {
                yield return new Dependency(reference, DependencyFault.NeverMade, null, failing, []);
            }
        }
    }

    // A patch that fails may have been to give the object its name; that of its Kustomization is mostly the same.
    private static FluxKustomization? FindFailing(FluxCluster cluster, KubernetesObject? maker, ObjectId id)
    {
        foreach (var kustomization in cluster.Kustomizations)
        {
            if (ReferenceEquals(kustomization.Object, maker))
            {
                return kustomization.Id.Name == id.Name && kustomization.Problems.Any(problem => problem.Kind == FluxProblemKind.Build) ? kustomization : null;
            }
        }

        return null;
    }

    private static Dependency JudgeMissing(FluxCluster cluster, ObjectReference reference)
    {
        var namespaces = Missing.NamespacesOf(cluster, reference.Id);
        if (namespaces.Length == 1 && !reference.HasNamespace)
        {
            return new Dependency(reference, DependencyFault.NamespaceAbsent, null, null, namespaces);
        }

        var (group, kind) = reference.Id.Group == FluxGroups.Helm ? (FluxGroups.Kustomize, "Kustomization") : (FluxGroups.Helm, "HelmRelease");
        if (namespaces.IsEmpty)
        {
            foreach (var item in cluster.Knowledge.Named(group, kind, reference.Id.Name))
            {
                if (!reference.HasNamespace || (item.Object.Namespace ?? "default") == reference.Id.Namespace)
                {
                    return new Dependency(reference, DependencyFault.OtherKind, item, null, []);
                }
            }
        }

        return new Dependency(reference, DependencyFault.Missing, null, null, namespaces);
    }
}
