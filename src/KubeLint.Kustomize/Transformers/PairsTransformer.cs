using System.Collections.Immutable;

using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>
/// <c>labels</c>, <c>commonLabels</c> and <c>commonAnnotations</c>: sets pairs in the mappings that field specs name
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/labels/).
/// </summary>
/// <param name="kind">The plugin's kind.</param>
/// <param name="by">The field's name.</param>
/// <param name="at">The field.</param>
/// <param name="pairs">The pairs; null or without entries changes nothing.</param>
/// <param name="fields">The mappings to set them in.</param>
internal sealed class PairsTransformer(string kind, string by, YamlNode at, YamlMapping? pairs, ImmutableArray<FieldSpec> fields)
    : Transformer(kind, at)
{
    /// <inheritdoc/>
    public override void Transform(ResourceMap resources, BuildContext context)
    {
        if (pairs is null)
        {
            return;
        }

        foreach (var entry in pairs.EffectiveEntries())
        {
            if (entry.Name is not { } name)
            {
                continue;
            }

            var value = entry.Value.Resolved is YamlScalar { IsNull: false } scalar ? scalar.Value : "";
            var setter = new Setter(context, entry.Value.Resolved, by, entry.Key, name, value);
            foreach (var resource in resources)
            {
                setter.Apply(resource, fields);
            }
        }
    }

    private sealed class Setter(BuildContext context, YamlNode at, string by, YamlNode key, string name, string value)
        : FieldEdit(context, at, by, FieldCreation.Mapping)
    {
        private readonly YamlScalar newKey = Tree.Computed(key, name, by);

        protected override YamlNode Edit(YamlNode node, FieldSpec spec)
        {
            if (node is not YamlMapping mapping)
            {
                return Tree.IsMissing(node) ? node : Fail(node, spec, "expected a mapping node");
            }

            var index = Tree.IndexOf(mapping, name);
            if (index < 0)
            {
                return mapping.With(mapping.Entries.Add(new YamlEntry(newKey, Tree.Computed(At, value, By))));
            }

            var old = mapping.Entries[index].Value;
            var after = Tree.Overwrite(old, At, value, By, YamlTags.String);
            return ReferenceEquals(old, after) ? mapping : Tree.ReplaceAt(mapping, index, after);
        }
    }
}
