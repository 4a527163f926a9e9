using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.LanguageServer.Navigation;
using KubeLint.LanguageServer.Repositories;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.Rename;

/// <summary>What to change so that an object has another name.</summary>
/// <param name="Asked">The name at which it was asked for.</param>
/// <param name="Name">The name as it is.</param>
/// <param name="Names">The scalars to change, each once.</param>
/// <param name="Ids">The objects that get the name.</param>
/// <param name="Refusal">Why it cannot be; null where it can.</param>
internal sealed record RenamePlan(Location Asked, string Name, ImmutableArray<YamlScalar> Names, ImmutableArray<ObjectId> Ids, string? Refusal)
{
    /// <summary>The plan for an object.</summary>
    /// <param name="index">What refers to what.</param>
    /// <param name="asked">The name at which it was asked for.</param>
    /// <param name="asks">What is to be renamed.</param>
    public static RenamePlan Make(ReferenceIndex index, Location asked, IEnumerable<Target> asks)
    {
        // A place that names one object in this cluster and another one in that makes both change.
        var targets = new Dictionary<Place, Target>();
        var open = new Queue<Target>(asks);
        var names = new Dictionary<Place, YamlScalar>();
        while (open.TryDequeue(out var target))
        {
            if (target.Kind != TargetKind.Object || !targets.TryAdd(target.Place, target))
            {
                continue;
            }

            if (Judge(index, target) is { } refusal)
            {
                return Refused(refusal);
            }

            Take(target.Objects[0].Root.Get("metadata", "name")!.Written());
            foreach (var reference in index.To(target))
            {
                if (reference.IsToMaker)
                {
                    continue;
                }

                if (reference.Node.AsScalar() is not { } scalar || scalar.Value != target.Objects[0].Name)
                {
                    return Refused($"It is named in {reference.At}, where a template or a prefix makes the name");
                }

                Take(scalar);
                foreach (var other in index.At(reference.At.Text.Root.Path, reference.At.Span.Start))
                {
                    if (Place.Of(other.At) == Place.Of(reference.At))
                    {
                        open.Enqueue(other.Target);
                    }
                }
            }
        }

        var ids = targets.Values.SelectMany(target => target.Objects).Select(item => item.Id).Distinct().ToImmutableArray();
        return ids.Length == 0 ? Refused("There is nothing here that can be renamed") : new RenamePlan(asked, ids[0].Name, [.. names.Values], ids, null);

        void Take(YamlNode node)
        {
            if (node.AsScalar() is { } scalar)
            {
                names.TryAdd(Place.Of(scalar.Location), scalar);
            }
        }

        RenamePlan Refused(string refusal) => new(asked, "", [], [], refusal);
    }

    /// <summary>What has the new name already; null where nothing has.</summary>
    public ObjectId? FindClash(Snapshot snapshot, string newName)
    {
        foreach (var item in snapshot.Model.Objects)
        {
            foreach (var id in Ids)
            {
                if (item.Name == newName && newName != id.Name && item.Group == id.Group && item.Kind == id.Kind && (item.Namespace ?? "default") == (id.Namespace ?? "default"))
                {
                    return item.Id;
                }
            }
        }

        return null;
    }

    private static string? Judge(ReferenceIndex index, Target target)
    {
        foreach (var item in target.Objects)
        {
            var isFlux = item.Is(FluxGroups.Kustomize, "Kustomization") || item.Is(FluxGroups.Helm, "HelmRelease") || item.Group == FluxGroups.Source;
            if (!isFlux && !(item.Group.Length == 0 && item.Kind is "ConfigMap" or "Secret" && IsRead(index, target)))
            {
                return $"{item.Id} is no object of Flux and none that Flux reads: what else names it is not known";
            }

            // A reference of kustomize's own comes after all else and leaves the name as it is.
            var name = item.Root.Get("metadata", "name")!;
            if (name.Written().AsScalar() is not { } written || written.Value != item.Name || written.Value.Contains("${", StringComparison.Ordinal))
            {
                return $"The name of {item.Id} is made by {name.Derivation?.By ?? "a template"}, not written";
            }

            if (item.Root.Derivation is { } derivation && derivation.By.EndsWith("Generator", StringComparison.Ordinal))
            {
                return $"{item.Id} is made by a {derivation.By}: its name is part of what kustomize generates";
            }
        }

        return target.Objects.IsEmpty ? "There is nothing here that can be renamed" : null;
    }

    private static bool IsRead(ReferenceIndex index, Target target)
    {
        foreach (var reference in index.To(target))
        {
            // Of the fields with ConfigMaps and Secrets, only those of Flux say the kind beside the name.
            if (reference.Id is not null && reference.IsOfFlux)
            {
                return true;
            }
        }

        return false;
    }
}
