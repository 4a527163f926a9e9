using KubeLint.Yaml;

namespace KubeLint.Kustomize.Resources;

/// <summary>The resources of a build so far, in order, no two with one id.</summary>
internal sealed class ResourceMap
{
    // So few are looked through faster than indexed.
    private const int FewItems = 16;

    private List<KustomizeResource> items = [];

    // By their ids of now; null where it is not made yet, or ids have changed since.
    private Dictionary<ResourceId, KustomizeResource>? index;

    /// <summary>The resources.</summary>
    public IReadOnlyList<KustomizeResource> Items => items;

    /// <summary>Walks the resources in order.</summary>
    public List<KustomizeResource>.Enumerator GetEnumerator() => items.GetEnumerator();

    /// <summary>Adds a resource, or reports that its id is taken.</summary>
    public void Append(KustomizeResource resource, BuildContext context)
    {
        if (Holder(resource) is not { } holder)
        {
            items.Add(resource);
            AddToIndex(resource);
            return;
        }

        context.Error(
            KustomizeProblemKind.ResourceConflict,
            NameNode(resource),
            $"May not add resource with an already registered id: {resource.CurrentId}",
            first: NameNode(holder));
    }

    /// <summary>
    /// Takes in a generated resource: added, or laid over or put in the place of the one of its id, as its behavior says.
    /// </summary>
    public void Absorb(KustomizeResource resource, BuildContext context)
    {
        var id = resource.CurrentId;
        var matches = MatchingAnyId(id);
        switch (matches.Count)
        {
            case 0 when resource.Behavior is GenerationBehavior.Merge or GenerationBehavior.Replace:
                context.Missing(KustomizeProblemKind.Generator, resource.Source, $"The id {id} does not exist; cannot merge or replace");
                break;
            case 0:
                Append(resource, context);
                break;
            case 1 when resource.Behavior is GenerationBehavior.Merge or GenerationBehavior.Replace:
                var old = matches[0];
                if (resource.Behavior == GenerationBehavior.Merge)
                {
                    resource.Origin = old.Origin ?? resource.Origin;
                }

                GeneratedMerge.TakeOver(resource, old, isMerge: resource.Behavior == GenerationBehavior.Merge);
                items[items.IndexOf(old)] = resource;
                index = null;
                break;
            case 1:
                context.Error(
                    KustomizeProblemKind.ResourceConflict,
                    resource.Source,
                    $"The id {id} exists; can not use behavior '{resource.Behavior.ToString().ToLowerInvariant()}', behavior must be merge or replace");
                break;
            default:
                context.Error(KustomizeProblemKind.Generator, resource.Source, $"Found multiple objects that could accept merge of {id}");
                break;
        }
    }

    // The resource that has the id already.
    private KustomizeResource? Holder(KustomizeResource resource)
    {
        var id = resource.CurrentId;
        if (items.Count <= FewItems || resource.Root is null)
        {
            foreach (var other in items)
            {
                if (other.CurrentId.Matches(id))
                {
                    return other;
                }
            }

            return null;
        }

        if (index is null)
        {
            index = new Dictionary<ResourceId, KustomizeResource>(items.Count * 2);
            items.ForEach(AddToIndex);
        }

        return index.GetValueOrDefault(Key(id));
    }

    private void AddToIndex(KustomizeResource resource)
    {
        if (index is not null && resource.Root is not null)
        {
            index.TryAdd(Key(resource.CurrentId), resource);
        }
    }

    // Ids are equal as keys where they match.
    private static ResourceId Key(ResourceId id) => id with { Namespace = id.EffectiveNamespace };

    /// <summary>Removes what patches have deleted. To be called after whatever changes the resources: their ids may differ now.</summary>
    public void DropEmpty() => Remove(item => item.IsEmpty);

    /// <summary>Removes the resources for which a condition holds.</summary>
    public void Remove(Predicate<KustomizeResource> condition)
    {
        items.RemoveAll(condition);
        index = null;
    }

    /// <summary>Puts the resources in another order.</summary>
    public void Reorder(List<KustomizeResource> ordered)
    {
        items = ordered;
        index = null;
    }

    /// <summary>The resources that have, or had, an id.</summary>
    public List<KustomizeResource> MatchingAnyId(ResourceId id) => items.FindAll(item => !item.IsEmpty && item.HasOrHadId(id));

    /// <summary>Whether another resource than this one has its id now.</summary>
    public bool HasAnother(KustomizeResource resource)
    {
        var id = resource.CurrentId;
        foreach (var other in items)
        {
            if (!ReferenceEquals(other, resource) && other.CurrentId.Matches(id))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The node to show for a resource: its name, else itself.</summary>
    public static YamlNode NameNode(KustomizeResource resource) =>
        resource.Metadata is { } metadata && Tree.Get(metadata, "name") is { } name ? name : resource.Root ?? resource.Source;
}
