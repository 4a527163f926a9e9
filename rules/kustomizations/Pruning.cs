using System.Buffers;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>What Flux deletes because the repository does not make it any more.</summary>
internal static class Pruning
{
    private const string Annotation = "kustomize.toolkit.fluxcd.io/prune";
    private const int MaxNamed = 3;

    // kustomize's hashes use these letters only, so that they spell nothing.
    private static readonly SearchValues<char> HashLetters = SearchValues.Create("2456789bcdfghkmt");

    /// <summary>Whether deleting the object deletes data or other objects.</summary>
    public static bool IsPrecious(KubernetesObject item) =>
        item.Is("", "PersistentVolumeClaim") || item.Is("", "Namespace") || item.Is("apiextensions.k8s.io", "CustomResourceDefinition");

    /// <summary>Reports the objects for which a condition holds, at the Kustomization that made them or at the one above it that is left.</summary>
    public static void Report(ChangeContext context, Func<KubernetesObject, bool> isMeant, string consequence, string help)
    {
        foreach (var (by, all) in Find(context.Comparison))
        {
            var objects = all.Where(item => isMeant(item.Object)).ToList();
            if (objects.Count == 0 || by.Object.Root.Get("metadata", "name") is not { } name)
            {
                continue;
            }

            var names = string.Join(", ", objects.Take(MaxNamed).Select(item => item.Id));
            var more = objects.Count > MaxNamed ? $" and {objects.Count - MaxNamed} more" : "";
            context.Report(
                name,
                $"{by.Id} prunes, and no longer makes all that it made at {context.Revision}: Flux deletes {names}{more}{consequence}",
                help,
                [.. objects.Take(MaxNamed).Select(item => new RelatedLocation(PlaceOf(item.Object), $"{item.Id} stood here at {context.Revision}"))],
                about: by.Id);
        }
    }

    private static Location PlaceOf(KubernetesObject item) => (item.Root.Get("metadata", "name") ?? item.Root).Location.FirstLine();

    private static List<(FluxKustomization By, List<EffectiveObject> Objects)> Find(ClusterComparison comparison)
    {
        if (comparison is not { Before: { } before, Now: { } now, Removed.IsEmpty: false })
        {
            return [];
        }

        // Where a build fails or a source went out of sight, what it makes is not known.
        var wereIncomplete = before.Kustomizations.Where(item => !item.IsComplete).Select(item => item.Id).ToHashSet();
        if (now.Kustomizations.Any(item => !item.IsComplete && !wereIncomplete.Contains(item.Id)))
        {
            return [];
        }

        var present = new Dictionary<ObjectId, FluxKustomization>();
        foreach (var item in now.Kustomizations)
        {
            present.TryAdd(item.Id, item);
        }

        var hashed = now.Objects().Where(item => WithoutHash(item.Id) is not null).Select(item => WithoutHash(item.Id)!.Value).ToHashSet();
        var result = new List<(FluxKustomization By, List<EffectiveObject> Objects)>();
        foreach (var item in comparison.Removed)
        {
            // What a ResourceSet makes is the Flux Operator's; a generated name with a new hash is the same object to a person.
            if (item.Producer.Rendered.Contains(item) || IsKept(item.Object) || (WithoutHash(item.Id) is { } name && hashed.Contains(name))
                || Pruner(item.Producer, present) is not { } by)
            {
                continue;
            }

            var index = result.FindIndex(entry => ReferenceEquals(entry.By, by));
            if (index < 0)
            {
                result.Add((by, [item]));
            }
            else
            {
                result[index].Objects.Add(item);
            }
        }

        return result;
    }

    // Deleting a Flux Kustomization deletes what it made, where it pruned.
    private static FluxKustomization? Pruner(FluxKustomization maker, Dictionary<ObjectId, FluxKustomization> present)
    {
        for (FluxKustomization? item = maker; item is not null; item = item.Parent)
        {
            if (present.TryGetValue(item.Id, out var left))
            {
                return left.IsComplete && Prunes(left, onDelete: false) ? left : null;
            }

            if (!Prunes(item, onDelete: true) || IsKept(item.Object))
            {
                return null;
            }
        }

        return null;
    }

    private static bool Prunes(FluxKustomization item, bool onDelete)
    {
        var spec = item.Object.Root.Get("spec");
        var policy = onDelete ? spec?.GetString("deletionPolicy") : null;
        return spec?.GetString("suspend") != "true"
            && (policy is "Delete" or "WaitForTermination" || (policy is null or "MirrorPrune" && spec?.Get("prune") is YamlScalar { IsUnknown: false, Value: "true" }));
    }

    private static bool IsKept(KubernetesObject item) =>
        "disabled".Equals(item.Annotation(Annotation) ?? item.Label(Annotation), StringComparison.OrdinalIgnoreCase);

    private static ObjectId? WithoutHash(ObjectId id)
    {
        const int Length = 10;
        var isHashed = id.Kind is "ConfigMap" or "Secret" && id.Name.Length > Length + 1 && id.Name[^(Length + 1)] == '-'
            && !id.Name.AsSpan()[^Length..].ContainsAnyExcept(HashLetters);
        return isHashed ? id with { Name = id.Name[..^(Length + 1)] } : null;
    }
}
