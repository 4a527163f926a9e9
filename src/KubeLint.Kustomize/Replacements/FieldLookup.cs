using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Replacements;

/// <summary>Finds the one field that a path means (kyaml's PathGetter): keys, indexes, <c>-</c> for the last element, <c>[key=value]</c>.</summary>
internal static class FieldLookup
{
    /// <summary>The field; null where there is none.</summary>
    /// <exception cref="ReplacementException">The path does not fit the object.</exception>
    public static YamlNode? Find(YamlNode root, ReadOnlySpan<string> path)
    {
        var node = root;
        foreach (var raw in path)
        {
            var part = raw.Trim();
            if (part.Length == 0)
            {
                continue;
            }

            if (node is null)
            {
                return null;
            }

            node = Step(node, part);
        }

        return node;
    }

    private static YamlNode? Step(YamlNode node, string part)
    {
        if (part == "*")
        {
            throw new ReplacementException("A wildcard cannot be used here");
        }

        if (int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            return index < 0 ? throw new ReplacementException($"The index {index} cannot be negative") : Items(node).ElementAtOrDefault(index);
        }

        if (part == "-")
        {
            return Items(node).LastOrDefault();
        }

        if (ElementCondition.Is(part))
        {
            var (key, value) = ElementCondition.Split(part);
            return Items(node).FirstOrDefault(item => key.Length == 0
                ? item is YamlScalar scalar && scalar.Value == value
                : item is YamlMapping element && Tree.Get(element, key) is YamlScalar field && field.Value == value);
        }

        return node switch
        {
            YamlMapping mapping => Tree.Get(mapping, part),
            YamlScalar { IsNull: true } => null,
            _ => throw new ReplacementException($"There is no mapping in which '{part}' could be a key"),
        };
    }

    private static ImmutableArray<YamlNode> Items(YamlNode node) => node switch
    {
        YamlSequence sequence => sequence.Items,
        YamlScalar { IsNull: true } => [],
        _ => throw new ReplacementException("There is no list at the place of an index"),
    };
}
