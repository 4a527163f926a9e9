using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.References;

/// <summary>The fields in which Flux objects name the source that they need (https://fluxcd.io/flux/components/source/).</summary>
internal static class SourceReferences
{
    /// <summary>What an object has in a field, if that is one that names a source; else null. None of them is in a list.</summary>
    public static YamlMapping? Find(KubernetesObject item, ReferenceField field) =>
        field.Group == FluxGroups.Source && field.Steps[^1] is "sourceRef" or "chartRef" ? item.Root.Get(field.Steps.AsSpan())?.AsMapping() : null;
}
