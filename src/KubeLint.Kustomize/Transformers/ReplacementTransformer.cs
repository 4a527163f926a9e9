using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>Reports <c>replacements</c>, which are not made.</summary>
/// <param name="at">The field.</param>
internal sealed class ReplacementTransformer(YamlNode at) : Transformer("ReplacementTransformer", at)
{
    /// <inheritdoc/>
    public override void Transform(ResourceMap resources, BuildContext context) =>
        context.Error(KustomizeProblemKind.Replacement, At, "Replacements are not made");
}
