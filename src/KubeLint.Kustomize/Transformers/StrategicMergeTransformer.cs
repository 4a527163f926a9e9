using System.Collections.Immutable;

using KubeLint.Kustomize.Patching;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>Applies strategic merge patches: to the resources that a target selects, else to those that the patches name.</summary>
internal sealed class StrategicMergeTransformer : Transformer
{
    private const string By = "patches";

    private readonly ImmutableArray<YamlMapping> patches;

    /// <summary>Applies patches.</summary>
    /// <param name="kind">The plugin's kind.</param>
    /// <param name="at">The field.</param>
    /// <param name="patches">The patches.</param>
    public StrategicMergeTransformer(string kind, YamlNode at, ImmutableArray<YamlMapping> patches)
        : base(kind, at)
    {
        this.patches = patches;
    }

    /// <summary>Which resources are patched; null for those that the patches name.</summary>
    public YamlMapping? Target { get; init; }

    /// <summary>Whether the patch may change the name.</summary>
    public bool AllowsNameChange { get; init; }

    /// <summary>Whether the patch may change the kind.</summary>
    public bool AllowsKindChange { get; init; }

    /// <summary>Whether the patches are those of <c>patchesStrategicMerge</c>, whose metadata kustomize reads as strings first.</summary>
    public bool IsLegacy { get; init; }

    /// <inheritdoc/>
    public override void Transform(ResourceMap resources, BuildContext context)
    {
        if (Target is not null)
        {
            var patch = WithStringMetadata(patches[0]);
            foreach (var resource in ResourceSelector.Select(resources, Target, context))
            {
                // The patch takes on the resource's version; its kind counts only where it may change.
                var adapted = resource.CurrentId.Type.HasApiVersion(Tree.Text(patch, "apiVersion"))
                    ? patch
                    : Tree.Set(patch, "apiVersion", Tree.Get(resource.Root!, "apiVersion")!, By);
                Apply(resource, adapted, context);
            }

            ReportConflicts(resources, context);
            return;
        }

        foreach (var patch in patches)
        {
            var id = new KustomizeResource(patch).CurrentId;
            var matches = resources.MatchingAnyId(id);
            if (matches.Count == 1)
            {
                Apply(matches[0], IsLegacy ? WithStringMetadata(patch) : patch, context);
                continue;
            }

            var where = ResourceMap.NameNode(new KustomizeResource(patch));
            if (matches.Count == 0)
            {
                context.Missing(KustomizeProblemKind.PatchTargetNotFound, where, $"No resource matches strategic merge patch \"{id}\"");
            }
            else
            {
                context.Error(KustomizeProblemKind.PatchTargetNotFound, where, $"Multiple resources match strategic merge patch \"{id}\"");
            }
        }
    }

    private void Apply(KustomizeResource resource, YamlMapping patch, BuildContext context)
    {
        var (name, ns, kind) = (resource.Name, resource.Namespace, resource.Kind);
        var metadata = resource.Root!.Get("metadata")?.AsMapping();
        var (nameEntry, namespaceEntry) = (metadata?.Find("name"), metadata?.Find("namespace"));
        if (AllowsNameChange || AllowsKindChange)
        {
            resource.StorePreviousId();
        }

        var result = StrategicMergePatch.Apply(resource.Root!, patch, context.Schema);
        if (result.Error is { } error)
        {
            context.Error(KustomizeProblemKind.InvalidPatch, error.Node, $"Cannot apply the patch to {resource.CurrentId}: {error.Message}");
            return;
        }

        resource.Root = result.Value;
        if (Tree.Get(patch, "metadata") is YamlMapping patched && Tree.Get(patched, "annotations") is YamlScalar { IsNull: true })
        {
            resource.ClearBooks();
        }

        if (resource.IsEmpty)
        {
            return;
        }

        if (!AllowsKindChange && resource.Kind != kind)
        {
            resource.Root = Tree.Set(resource.Root!, "kind", Tree.Computed(At, kind, By), By);
        }

        // Where the field has gone with the patch it is made again, at the end.
        if (!AllowsNameChange && !TryRestore(resource, nameEntry, name))
        {
            resource.SetName(name, At, By);
            TryRestore(resource, nameEntry, name);
        }

        if (ns.Length == 0 || !TryRestore(resource, namespaceEntry, ns))
        {
            resource.SetNamespace(ns, At, By);
            TryRestore(resource, namespaceEntry, ns);
        }
    }

    // A patch's name and namespace say what it is for; those of the resource stay where they are written.
    private static bool TryRestore(KustomizeResource resource, YamlEntry? before, string value)
    {
        if (before is not { Name: { } key, Value: YamlScalar old } entry || old.Value != value
            || Tree.Get(resource.Root!, "metadata") is not YamlMapping metadata || Tree.IndexOf(metadata, key) is not (>= 0 and var index))
        {
            return false;
        }

        if (!ReferenceEquals(metadata.Entries[index].Value, old))
        {
            resource.Root = Tree.Set(resource.Root!, "metadata", metadata.With(metadata.Entries.SetItem(index, entry)), "metadata");
        }

        return true;
    }

    private void ReportConflicts(ResourceMap resources, BuildContext context)
    {
        if (!AllowsNameChange && !AllowsKindChange)
        {
            return;
        }

        var items = resources.Items.Where(item => !item.IsEmpty).ToList();
        for (var i = 0; i < items.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (items[i].CurrentId.Matches(items[j].CurrentId))
                {
                    context.Error(
                        KustomizeProblemKind.ResourceConflict, At, $"May not add resource with an already registered id: {items[i].CurrentId}");
                    return;
                }
            }
        }
    }

    // kustomize reads the labels and annotations of such patches as strings, so a null does not remove but writes "null".
    private static YamlMapping WithStringMetadata(YamlMapping patch)
    {
        if (Tree.Get(patch, "metadata") is not YamlMapping metadata)
        {
            return patch;
        }

        var result = metadata;
        foreach (var field in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            var node = Tree.Get(result, field);
            if (node is null)
            {
                continue;
            }

            if (node is not YamlMapping { Entries.IsEmpty: false } pairs)
            {
                result = Tree.Remove(result, field);
                continue;
            }

            var entries = WithStringValues(pairs.Entries, keepsBookkeeping: field == "labels");
            result = entries.SequenceEqual(pairs.Entries) ? result : Tree.Set(result, field, pairs.With(entries), By);
        }

        return ReferenceEquals(result, metadata) ? patch : Tree.Set(patch, "metadata", result, By);
    }

    private static ImmutableArray<YamlEntry> WithStringValues(ImmutableArray<YamlEntry> pairs, bool keepsBookkeeping) =>
    [
        .. pairs
            .Where(entry => keepsBookkeeping || !BuildAnnotations.IsBookkeeping(entry.Name ?? ""))
            .Select(entry => entry.Value is YamlScalar scalar && Tree.IsString(scalar) ? entry
                : entry with { Value = Tree.Computed(entry.Value, (entry.Value as YamlScalar)?.Value ?? "", By, entry.Value) }),
    ];
}
