using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Resources;

/// <summary>
/// Puts a generated ConfigMap or Secret in the place of an earlier one (<c>behavior: replace</c>) or lays it over that
/// (<c>merge</c>): https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/.
/// </summary>
internal static class GeneratedMerge
{
    private const string By = "behavior";

    /// <summary>Gives the new resource what it keeps of the old one: books, name, namespace, labels, annotations, with merge also the data.</summary>
    public static void TakeOver(KustomizeResource resource, KustomizeResource old, bool isMerge)
    {
        resource.TakeBooksOf(old);
        resource.NeedsHashSuffix &= old.NeedsHashSuffix;
        var metadata = resource.Metadata ?? Tree.ComputedMapping(resource.Source, By, []);
        foreach (var field in new[] { "labels", "annotations" })
        {
            metadata = Lay(metadata, field, old.Metadata);
        }

        resource.SetMetadata(metadata, resource.Source, By);
        resource.SetName(old.Name, resource.Source, By);
        resource.SetNamespace(old.Namespace, resource.Source, By);
        if (!isMerge || resource.Root is not { } root || old.Root is not { } oldRoot)
        {
            return;
        }

        foreach (var field in new[] { "data", "binaryData" })
        {
            root = Lay(root, field, oldRoot);
        }

        resource.Root = root;
    }

    // One mapping of strings laid over another; none where both are empty.
    private static YamlMapping Lay(YamlMapping owner, string field, YamlMapping? oldOwner)
    {
        var over = Tree.Get(owner, field) as YamlMapping;
        var under = oldOwner is null ? null : Tree.Get(oldOwner, field) as YamlMapping;
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        foreach (var entry in under?.Entries ?? [])
        {
            if (over is null || entry.Name is not { } name || Tree.IndexOf(over, name) < 0)
            {
                entries.Add(entry with { Value = AsString(entry.Value) });
            }
        }

        foreach (var entry in over?.Entries ?? [])
        {
            entries.Add(entry with { Value = AsString(entry.Value) });
        }

        if (entries.Count == 0)
        {
            return Tree.Remove(owner, field);
        }

        var merged = (over ?? under)!.With(entries.ToImmutable());
        return Tree.Set(owner, field, merged, By);
    }

    // kustomize reads these as strings and writes strings.
    private static YamlScalar AsString(YamlNode value) => value switch
    {
        YamlScalar scalar when Tree.IsString(scalar) => scalar,
        YamlScalar { IsNull: true } scalar => Tree.Computed(scalar, "", By, scalar),
        YamlScalar scalar => Tree.Computed(scalar, scalar.Value, By, scalar),
        _ => Tree.Computed(value, "", By, value),
    };
}
