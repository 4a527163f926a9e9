using System.Collections.Immutable;

using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>
/// <c>namePrefix</c> and <c>nameSuffix</c>
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/nameprefix/).
/// </summary>
/// <param name="at">The field.</param>
/// <param name="value">The prefix or suffix.</param>
/// <param name="isPrefix">Which of both.</param>
/// <param name="fields">The fields that get it.</param>
internal sealed class NameAffixTransformer(YamlNode at, string value, bool isPrefix, ImmutableArray<FieldSpec> fields)
    : Transformer(isPrefix ? "PrefixTransformer" : "SuffixTransformer", at)
{
    /// <inheritdoc/>
    public override void Transform(ResourceMap resources, BuildContext context)
    {
        var setter = new Setter(context, At, value, isPrefix);
        foreach (var resource in resources)
        {
            var type = resource.OriginalId.Type;
            if (type.Kind is "CustomResourceDefinition" or "Namespace" || (type.Kind == "APIService" && type.Group == "apiregistration.k8s.io"))
            {
                continue;
            }

            foreach (var field in fields)
            {
                if (!type.IsSelectedBy(field.Type))
                {
                    continue;
                }

                if (field.Path == "metadata/name" && value.Length > 0)
                {
                    Record(resource);
                }

                setter.Apply(resource, field);
            }
        }
    }

    private void Record(KustomizeResource resource)
    {
        if (isPrefix)
        {
            resource.AddPrefix(value);
        }
        else
        {
            resource.AddSuffix(value);
        }

        resource.StorePreviousId();
    }

    private sealed class Setter(BuildContext context, YamlNode at, string value, bool isPrefix)
        : FieldEdit(context, at, isPrefix ? "namePrefix" : "nameSuffix", FieldCreation.Scalar)
    {
        protected override YamlNode Edit(YamlNode node, FieldSpec spec) => node is YamlScalar scalar
            ? Tree.Overwrite(scalar, At, isPrefix ? value + scalar.Value : scalar.Value + value, By, null)
            : Fail(node, spec, "expected a scalar node");
    }
}
