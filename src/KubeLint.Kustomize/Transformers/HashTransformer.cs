using KubeLint.Kustomize.Generators;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>Puts the hash of the content behind the names of generated resources.</summary>
/// <param name="at">The field that asks for it.</param>
internal sealed class HashTransformer(YamlNode at) : Transformer("HashTransformer", at)
{
    /// <inheritdoc/>
    public override void Transform(ResourceMap resources, BuildContext context)
    {
        foreach (var resource in resources)
        {
            if (resource.NeedsHashSuffix && resource.Root is { } root)
            {
                var hash = ContentHash.Of(root);
                resource.StorePreviousId();
                resource.SetName($"{resource.Name}-{hash}", ResourceMap.NameNode(resource), "nameSuffixHash");
            }
        }
    }
}
