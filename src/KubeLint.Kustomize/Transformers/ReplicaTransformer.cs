using System.Collections.Immutable;

using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary><c>replicas</c> (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replicas/).</summary>
/// <param name="at">The entry.</param>
/// <param name="name">The name of the resources that are meant.</param>
/// <param name="count">The count; 0 where it is missing.</param>
/// <param name="fields">The fields that hold it.</param>
internal sealed class ReplicaTransformer(YamlNode at, string name, YamlScalar? count, ImmutableArray<FieldSpec> fields)
    : Transformer("ReplicaCountTransformer", at)
{
    /// <inheritdoc/>
    public override void Transform(ResourceMap resources, BuildContext context)
    {
        var setter = new Setter(context, count ?? At, count?.Value ?? "0");
        var isFound = false;
        foreach (var field in fields)
        {
            foreach (var resource in resources)
            {
                if (!resource.IsEmpty && resource.MatchesAnyId(id => id.Name == name && id.Type.IsSelectedBy(field.Type)))
                {
                    isFound = true;
                    setter.Apply(resource, field);
                }
            }
        }

        if (!isFound)
        {
            var types = string.Join(' ', fields.Select(field => field.Type.ToString()));
            context.Missing(
                KustomizeProblemKind.Transformer, At, $"Resource with name {name} does not match a config with the following GVK [{types}]");
        }
    }

    private sealed class Setter(BuildContext context, YamlNode at, string value) : FieldEdit(context, at, "replicas", FieldCreation.Scalar)
    {
        protected override YamlNode Edit(YamlNode node, FieldSpec spec)
        {
            if (node is not YamlScalar old)
            {
                return Fail(node, spec, "expected a scalar node");
            }

            return old is { Style: YamlScalarStyle.Plain, Derivation: null } && old.Value == value && old.Type == YamlScalarType.Integer
                ? old
                : Tree.Computed(At, value, By, YamlScalarStyle.Plain, YamlTags.Integer, old.Derivation?.By == By ? null : old);
        }
    }
}
