using KubeLint.Kustomize.Patching;
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
    private const string By = "patches";

    /// <inheritdoc/>
    public override void Transform(ResourceMap resources, BuildContext context)
    {
        if (target is null)
        {
            context.Error(KustomizeProblemKind.InvalidPatch, At, "Must specify a target for a JSON patch");
            return;
        }

        foreach (var resource in ResourceSelector.Select(resources, target, context))
        {
            Apply(resource, context);
        }
    }

    private void Apply(KustomizeResource resource, BuildContext context)
    {
        var id = resource.CurrentId;
        if (storesPreviousId)
        {
            resource.StorePreviousId();
        }

        var result = JsonPatch.Apply(WithAnnotations(resource), operations);
        if (result.Error is { } error)
        {
            context.Error(KustomizeProblemKind.InvalidPatch, error.Node, $"Cannot apply the patch to {id}: {error.Message}");
            return;
        }

        resource.Root = AnnotationText.Normalize(WithoutEmptyAnnotations(result.Value!), isThroughJson: true);
        if (resource.Kind.Length == 0 || resource.Name.Length == 0)
        {
            context.Error(
                KustomizeProblemKind.InvalidPatch, operations, $"The patch leaves {id} without {(resource.Kind.Length == 0 ? "kind" : "metadata.name")}");
        }
    }

    // kustomize keeps its books in annotations, so a resource with books has some, and a patch may add one more.
    private YamlMapping WithAnnotations(KustomizeResource resource)
    {
        var root = resource.Root!;
        return resource is { HasBooks: true, Metadata: { } metadata } && Tree.IsMissing(Tree.Get(metadata, "annotations"))
            ? Tree.Set(root, "metadata", Tree.Set(metadata, "annotations", Tree.ComputedMapping(At, By, []), By), By)
            : root;
    }

    private static YamlMapping WithoutEmptyAnnotations(YamlMapping root) =>
        Tree.Get(root, "metadata") is YamlMapping metadata && Tree.Get(metadata, "annotations") is YamlMapping { Entries.IsEmpty: true }
            ? Tree.Set(root, "metadata", Tree.Remove(metadata, "annotations"), By)
            : root;
}
