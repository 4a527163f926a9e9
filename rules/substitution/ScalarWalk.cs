using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Goes through the scalars of a tree.</summary>
internal static class ScalarWalk
{
    /// <summary>The scalars that are values, in order; aliases followed.</summary>
    public static IEnumerable<YamlScalar> Values(YamlNode node)
    {
        return Values(node, new Stack<YamlNode>());
    }

    /// <summary>The same with a stack that may serve many trees, one after the other.</summary>
    public static IEnumerable<YamlScalar> Values(YamlNode node, Stack<YamlNode> pending)
    {
        pending.Clear();
        pending.Push(node);
        while (pending.TryPop(out var next))
        {
            switch (next.Resolved)
            {
                case YamlScalar scalar:
                    yield return scalar;
                    break;
                case YamlMapping mapping:
                    for (var i = mapping.Entries.Length - 1; i >= 0; i--)
                    {
                        pending.Push(mapping.Entries[i].Value);
                    }

                    break;
                case YamlSequence sequence:
                    for (var i = sequence.Items.Length - 1; i >= 0; i--)
                    {
                        pending.Push(sequence.Items[i]);
                    }

                    break;
            }
        }
    }
}
