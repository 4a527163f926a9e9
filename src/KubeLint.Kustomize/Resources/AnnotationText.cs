using KubeLint.Kustomize.Output;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Resources;

/// <summary>
/// Annotations as kustomize reads and writes them: all of them strings, whatever they were. A null keeps the word that it
/// was written with.
/// </summary>
internal static class AnnotationText
{
    private const string By = "annotations";

    /// <summary>A resource with its annotations as strings, as they are once kustomize has set one of them.</summary>
    /// <param name="root">The resource.</param>
    /// <param name="isThroughJson">Whether the values went through JSON before: then a null is the word <c>null</c> and a number has one form.</param>
    public static YamlMapping Normalize(YamlMapping root, bool isThroughJson)
    {
        if (Tree.Get(root, "metadata") is not YamlMapping metadata || Tree.Get(metadata, By) is not YamlMapping annotations)
        {
            return root;
        }

        var entries = annotations.Entries;
        for (var i = 0; i < entries.Length; i++)
        {
            var value = AsString(entries[i].Value, isThroughJson);
            if (!ReferenceEquals(value, entries[i].Value))
            {
                entries = entries.SetItem(i, entries[i] with { Value = value });
            }
        }

        return entries == annotations.Entries ? root : Tree.Set(root, "metadata", Tree.Set(metadata, By, annotations.With(entries), By), By);
    }

    /// <summary>A value as a string; the node itself where it is one.</summary>
    public static YamlScalar AsString(YamlNode value, bool isThroughJson = false) => value switch
    {
        YamlScalar scalar when scalar.Tag == YamlTags.String || scalar.Style != YamlScalarStyle.Plain => scalar,
        YamlScalar scalar when scalar.Type == YamlScalarType.String && scalar.Tag is null => scalar,
        YamlScalar scalar => Tree.Computed(scalar, isThroughJson ? ScalarResolver.Resolve(scalar).Text : scalar.Value, By, scalar),
        _ => Tree.Computed(value, "", By, value),
    };
}
