using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// <c>spec.commonMetadata</c>: labels and annotations of each object itself, never of selectors or templates, over those of the same key
/// (https://fluxcd.io/flux/components/kustomize/kustomizations/#common-metadata).
/// </summary>
internal static class CommonMetadata
{
    private const string By = "commonMetadata";

    /// <summary>The object with the labels and annotations.</summary>
    public static YamlMapping Apply(YamlMapping root, YamlMapping common)
    {
        var metadata = root["metadata"]?.AsMapping() ?? MadeNode.Mapping(common, By);
        var changed = metadata;
        foreach (var field in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            if (common[field]?.AsMapping() is not { } wanted)
            {
                continue;
            }

            var present = changed[field]?.AsMapping() ?? MadeNode.Mapping(wanted, By);
            foreach (var entry in wanted.EffectiveEntries())
            {
                if (entry.Name is { } key)
                {
                    present = MadeNode.Set(present, key, entry.Value.Resolved, By);
                }
            }

            changed = MadeNode.Set(changed, field, present, By);
        }

        return ReferenceEquals(changed, metadata) ? root : MadeNode.Set(root, "metadata", changed, By);
    }
}
