using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.References;

/// <summary>An object that several Flux Kustomizations of a cluster apply.</summary>
/// <param name="Items">The object as each of them applies it.</param>
/// <param name="IsSame">Whether all of them apply the same.</param>
/// <param name="Overlap">Two of the Kustomizations, where one's directory holds the other's and both read the object from one file; null otherwise.</param>
internal sealed record SharedObject(ImmutableArray<EffectiveObject> Items, bool IsSame, (FluxKustomization Outer, FluxKustomization Inner)? Overlap);

/// <summary>Finds what several Flux Kustomizations apply, and what each of them would undo of the others.</summary>
internal static class Owners
{
    private static readonly string[] Exempting = ["kustomize.toolkit.fluxcd.io/ssa", "kustomize.toolkit.fluxcd.io/reconcile"];

    /// <summary>The objects of a cluster that more than one Flux Kustomization owns.</summary>
    public static ImmutableArray<SharedObject> Shared(GraphContext context) =>
        context.Shared(static (_, _) => new PerCluster<ImmutableArray<SharedObject>>(static cluster => [.. Find(cluster)])).Of(context.Cluster);

    private static IEnumerable<SharedObject> Find(FluxCluster cluster)
    {
        foreach (var items in cluster.Knowledge.Duplicates())
        {
            var first = items[0].Object;
            if (first.Is(FluxGroups.Kustomize, "Kustomization") || ObjectReference.Text(first.Root.Get("metadata", "name")) is null
                || (first.Namespace is not null && ObjectReference.Text(first.Root.Get("metadata", "namespace")) is null))
            {
                continue;
            }

            var owners = items.Where(Owns).DistinctBy(item => item.Producer).ToImmutableArray();
            if (owners.Length > 1)
            {
                yield return new SharedObject(owners, owners.All(item => SameObject(item.Object.Root, owners[0].Object.Root)), FindOverlap(owners));
            }
        }
    }

    /// <summary>Reports an object at each place where it is written.</summary>
    public static void Report(RuleContext context, SharedObject shared, string consequence, string help)
    {
        var id = shared.Items[0].Object.Id;
        var producers = string.Join(" and ", shared.Items.Select(item => $"{item.Producer.Id.Namespace}/{item.Producer.Id.Name}").Distinct().Order(StringComparer.Ordinal));
        var places = shared.Items.Select(item => (item.Object.Root.Get("metadata", "name") ?? item.Object.Root).Location).Distinct().ToList();
        foreach (var place in places)
        {
            context.Report(
                place,
                $"{id} is applied by the Kustomizations {producers}: {consequence}",
                help,
                [.. places.Where(other => other != place).Select(other => new RelatedLocation(other, "The same object, applied by another Kustomization"))],
                about: id);
        }
    }

    private static bool Owns(EffectiveObject item)
    {
        if (ClusterKnowledge.IsFailing(item.Producer) || item.Producer.Object.Root.Get("spec", "suspend")?.AsScalar()?.AsBoolean() == true)
        {
            return false;
        }

        foreach (var key in Exempting)
        {
            if ((item.Object.Annotation(key) ?? item.Object.Label(key)) is { } value
                && (value.Equals("IfNotPresent", StringComparison.OrdinalIgnoreCase) || value.Equals("Ignore", StringComparison.OrdinalIgnoreCase)
                    || value.Equals("Merge", StringComparison.OrdinalIgnoreCase) || value.Equals("disabled", StringComparison.OrdinalIgnoreCase)))
            {
                return false;
            }
        }

        return true;
    }

    private static (FluxKustomization Outer, FluxKustomization Inner)? FindOverlap(ImmutableArray<EffectiveObject> items)
    {
        // Thousands may apply the one object: only what is at or above another one's directory is compared with all.
        var counts = items.Select(item => item.Producer.Directory).OfType<string>().CountBy(directory => directory).ToDictionary(StringComparer.Ordinal);
        var above = counts.Where(directory => directory.Value > 1).Select(directory => directory.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var directory in counts.Keys)
        {
            for (var slash = directory.LastIndexOf('/'); slash > 0; slash = directory.LastIndexOf('/', slash - 1))
            {
                above.Add(directory[..slash]);
            }
        }

        foreach (var outer in items)
        {
            if (outer.Producer.Directory is not { } directory || !above.Contains(directory))
            {
                continue;
            }

            var folder = directory + "/";
            foreach (var inner in items)
            {
                if (!ReferenceEquals(outer.Producer, inner.Producer) && outer.Producer.SourceRoot == inner.Producer.SourceRoot
                    && inner.Producer.Directory is { } below
                    && (directory == below ? string.CompareOrdinal(outer.Producer.Id.ToString(), inner.Producer.Id.ToString()) < 0 : below.StartsWith(folder, StringComparison.Ordinal))
                    && outer.Object.Root.Location == inner.Object.Root.Location)
                {
                    return (outer.Producer, inner.Producer);
                }
            }
        }

        return null;
    }

    // Labels and annotations often tell who applies an object; what it is does not change with them.
    private static bool SameObject(YamlMapping left, YamlMapping right)
    {
        var (ones, twos) = (left.EffectiveEntries().ToList(), right.EffectiveEntries().ToList());
        return ones.Count == twos.Count && ones.TrueForAll(entry => entry.Name is { } key && right[key] is { } value && (key == "metadata" || Same(entry.Value, value)));
    }

    private static bool Same(YamlNode left, YamlNode right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        switch (left.Resolved, right.Resolved)
        {
            case (YamlScalar one, YamlScalar two):
                return one.Value == two.Value;
            case (YamlMapping one, YamlMapping two):
                var (ones, twos) = (one.EffectiveEntries().ToList(), two.EffectiveEntries().ToList());
                return ones.Count == twos.Count && ones.TrueForAll(entry => entry.Name is { } key && two[key] is { } value && Same(entry.Value, value));
            case (YamlSequence one, YamlSequence two):
                return one.Items.Length == two.Items.Length && one.Items.Zip(two.Items).All(pair => Same(pair.First, pair.Second));
            default:
                return false;
        }
    }
}
