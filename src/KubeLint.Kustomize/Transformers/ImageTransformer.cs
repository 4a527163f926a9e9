using System.Collections.Immutable;

using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>
/// <c>images</c>: sets name, tag and digest of images in every list called <c>containers</c> or <c>initContainers</c>, and
/// in the fields that field specs name (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/).
/// </summary>
/// <param name="image">The entry.</param>
/// <param name="fields">The fields that hold images besides.</param>
internal sealed class ImageTransformer(YamlMapping image, ImmutableArray<FieldSpec> fields) : Transformer("ImageTagTransformer", image)
{
    private readonly ImagePattern pattern = new(KustomizationFields.Text(image, "name"));

    /// <inheritdoc/>
    public override void Transform(ResourceMap resources, BuildContext context)
    {
        var setter = new Setter(context, image, pattern);
        foreach (var resource in resources)
        {
            if (resource.Root is { } root && resource.Kind != "CustomResourceDefinition")
            {
                var edited = WalkContainers(root, setter);
                if (!ReferenceEquals(root, edited))
                {
                    resource.Root = (YamlMapping)edited;
                }

                setter.Apply(resource, fields);
            }
        }
    }

    private static YamlNode WalkContainers(YamlNode node, Setter setter)
    {
        switch (node)
        {
            case YamlMapping mapping:
                ImmutableArray<YamlEntry>.Builder? entries = null;
                for (var i = 0; i < mapping.Entries.Length; i++)
                {
                    var entry = mapping.Entries[i];
                    var value = WalkContainers(entry.Value, setter);
                    if (value is YamlSequence containers && entry.Name is "containers" or "initContainers")
                    {
                        value = setter.EditContainers((YamlSequence)value);
                    }

                    if (!ReferenceEquals(value, entry.Value))
                    {
                        entries ??= mapping.Entries.ToBuilder();
                        entries[i] = entry with { Value = value };
                    }
                }

                return entries is null ? mapping : mapping.With(entries.MoveToImmutable());
            case YamlSequence sequence:
                ImmutableArray<YamlNode>.Builder? items = null;
                for (var i = 0; i < sequence.Items.Length; i++)
                {
                    var item = WalkContainers(sequence.Items[i], setter);
                    if (!ReferenceEquals(item, sequence.Items[i]))
                    {
                        items ??= sequence.Items.ToBuilder();
                        items[i] = item;
                    }
                }

                return items is null ? sequence : sequence.With(items.MoveToImmutable());
            default:
                return node;
        }
    }

    private sealed class Setter(BuildContext context, YamlMapping image, ImagePattern pattern)
        : FieldEdit(context, MostTelling(image), "images", FieldCreation.None)
    {
        private static readonly FieldSpec InContainers = new(new GroupVersionKind("", "", ""), "containers/image", false);

        private readonly string newName = KustomizationFields.Text(image, "newName");
        private readonly string newTag = KustomizationFields.Text(image, "newTag");
        private readonly string tagSuffix = KustomizationFields.Text(image, "tagSuffix");
        private readonly string newDigest = KustomizationFields.Text(image, "digest");

        public YamlSequence EditContainers(YamlSequence containers)
        {
            ImmutableArray<YamlNode>.Builder? items = null;
            for (var i = 0; i < containers.Items.Length; i++)
            {
                if (containers.Items[i] is not YamlMapping container)
                {
                    if (!Tree.IsMissing(containers.Items[i]))
                    {
                        Fail(containers.Items[i], InContainers, "expected a mapping node");
                    }

                    continue;
                }

                var index = Tree.IndexOf(container, "image");
                if (index < 0)
                {
                    continue;
                }

                var old = container.Entries[index].Value;
                var after = Edit(old, InContainers);
                if (!ReferenceEquals(old, after))
                {
                    items ??= containers.Items.ToBuilder();
                    items[i] = Tree.ReplaceAt(container, index, after);
                }
            }

            return items is null ? containers : containers.With(items.MoveToImmutable());
        }

        protected override YamlNode Edit(YamlNode node, FieldSpec spec)
        {
            if (node is not YamlScalar scalar)
            {
                return Fail(node, spec, "expected a scalar node");
            }

            if (!pattern.Matches(scalar.Value))
            {
                return scalar;
            }

            var (name, tag, digest) = ImagePattern.Split(scalar.Value);
            name = newName.Length > 0 ? newName : name;
            if (newTag.Length > 0 || newDigest.Length > 0)
            {
                (tag, digest) = (newTag, newDigest);
            }
            else if (tagSuffix.Length > 0)
            {
                (tag, digest) = (tag + tagSuffix, "");
            }

            var value = name + (tag.Length > 0 ? ":" + tag : "") + (digest.Length > 0 ? "@" + digest : "");
            return Tree.Overwrite(scalar, At, value, By, null);
        }

        // What a person would change to change the image.
        private static YamlNode MostTelling(YamlMapping image)
        {
            foreach (var field in new[] { "digest", "newTag", "tagSuffix", "newName" })
            {
                if (KustomizationFields.Get(image, field) is { } node)
                {
                    return node;
                }
            }

            return image;
        }
    }
}
