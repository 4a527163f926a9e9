using KubeLint.Kustomize.Patching;
using KubeLint.Kustomize.Schema;
using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// The patches of a FluxInstance (<c>spec.kustomize.patches</c>), applied to what the Flux Operator makes of its <c>sync</c>
/// (https://fluxoperator.dev/docs/crd/fluxinstance/#kustomize-patches).
/// </summary>
internal static class InstancePatches
{
    /// <summary>The object with the patches that mean it. A patch that cannot be applied is left out.</summary>
    public static KubernetesObject Apply(KubernetesObject item, YamlMapping instance)
    {
        var root = item.Root;
        foreach (var entry in instance.Get("kustomize", "patches")?.AsSequence()?.Items ?? [])
        {
            if (entry.Get("patch") is YamlScalar patch && Selects(entry.Get("target")?.AsMapping(), item))
            {
                foreach (var document in YamlParser.Parse(patch.EmbeddedText()).Documents)
                {
                    root = Apply(root, document.Root?.Resolved, entry.Get("target") is not null, item);
                }
            }
        }

        return ReferenceEquals(root, item.Root) ? item : KubernetesObject.From(root) ?? item;
    }

    private static YamlMapping Apply(YamlMapping root, YamlNode? patch, bool hasTarget, KubernetesObject item) => patch switch
    {
        YamlSequence operations => JsonPatch.Apply(root, operations).Value ?? root,
        YamlMapping merge when hasTarget || IsMeant(merge, item) => StrategicMergePatch.Apply(root, WithIdentity(merge, item), KubernetesSchema.BuiltIn).Value ?? root,
        _ => root,
    };

    private static bool IsMeant(YamlMapping patch, KubernetesObject item) =>
        patch.GetString("kind") == item.Kind && patch.GetString("metadata", "name") == item.Name;

    // With a target the patch's own name says nothing.
    private static YamlMapping WithIdentity(YamlMapping patch, KubernetesObject item) =>
        item.Root["metadata"] is { } metadata ? MadeNode.Set(patch, "metadata", patch["metadata"]?.AsMapping() is { } own
            ? MadeNode.Set(own, "name", metadata.Get("name")!, "FluxInstance")
            : metadata, "FluxInstance") : patch;

    private static bool Selects(YamlMapping? target, KubernetesObject item) =>
        target is null
        || (Means(target, "kind", item.Kind) && Means(target, "group", item.Group) && Means(target, "version", item.Version) && Means(target, "name", item.Name ?? "")
            && Means(target, "namespace", item.Namespace ?? "") && target["labelSelector"] is null && target["annotationSelector"] is null);

    private static bool Means(YamlMapping target, string field, string value) =>
        target.GetString(field) is not { Length: > 0 } pattern || ControllerPattern.Matches(pattern, value);
}
