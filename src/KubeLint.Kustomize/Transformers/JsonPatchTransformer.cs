using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>Applies a JSON patch to the resources that a target selects.</summary>
/// <param name="kind">The plugin's kind.</param>
/// <param name="at">The entry.</param>
/// <param name="operations">The operations.</param>
/// <param name="target">Which resources are patched.</param>
/// <param name="storesPreviousId">Whether the id before is recorded, so that references follow a new name.</param>
internal sealed class JsonPatchTransformer(string kind, YamlNode at, YamlSequence operations, YamlMapping? target, bool storesPreviousId)
    : Transformer(kind, at)
{
    /// <inheritdoc/>
    public override void Transform(ResourceMap resources, BuildContext context)
    {
        if (target is null)
        {
            context.Error(KustomizeProblemKind.InvalidPatch, At, "Must specify a target for a JSON patch");
            return;
        }

        context.Error(KustomizeProblemKind.InvalidPatch, operations, $"JSON patches are not applied{(storesPreviousId ? "" : " here")}");
    }
}
