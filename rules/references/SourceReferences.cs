using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.References;

/// <summary>The fields in which Flux objects name the source that they need (https://fluxcd.io/flux/components/source/).</summary>
internal static class SourceReferences
{
    /// <summary>The fields of an object that name a source, and the kinds that each takes.</summary>
    public static IEnumerable<(string Field, YamlMapping Mapping, ImmutableArray<string> Kinds)> Of(KubernetesObject item)
    {
        foreach (var field in ReferenceFields.Of(item.Group, item.Kind))
        {
            if (field.Group == FluxGroups.Source && field.Steps[^1] is "sourceRef" or "chartRef")
            {
                foreach (var mapping in field.Mappings(item))
                {
                    yield return (field.Path, mapping, field.Kinds);
                }
            }
        }
    }
}
