using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux.Workloads;

/// <summary>Fields that stand in several mappings: a container's own, and the defaults that a chart lays below them.</summary>
/// <param name="Layers">The mappings; what an earlier one says counts.</param>
/// <param name="IsMerged">Whether mappings of one name are merged; else the first layer that has a name supplies all below it.</param>
public readonly record struct LayeredFields(ImmutableArray<YamlMapping> Layers, bool IsMerged)
{
    /// <summary>The node below a path; null where no layer has it.</summary>
    public YamlNode? Get(params ReadOnlySpan<string> path)
    {
        foreach (var layer in Layers)
        {
            if (!IsMerged && layer[path[0]] is { } top && !IsEmpty(top))
            {
                return layer.Get(path);
            }

            if (IsMerged && layer.Get(path) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The scalar below a path, as far as the files tell it; null where there is none, or its value is not known.</summary>
    public YamlScalar? GetScalar(params ReadOnlySpan<string> path) => Get(path) is YamlScalar { IsUnknown: false, IsNull: false } scalar ? scalar : null;

    /// <summary>The scalar below a path where it is the boolean <c>true</c>; else null.</summary>
    public YamlScalar? GetTrue(params ReadOnlySpan<string> path) => GetScalar(path) is { } scalar && scalar.AsBoolean() == true ? scalar : null;

    // What a chart's template takes for not given.
    private static bool IsEmpty(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Entries.IsEmpty,
        YamlSequence sequence => sequence.Items.IsEmpty,
        YamlScalar scalar => scalar.IsNull,
        _ => false,
    };
}
