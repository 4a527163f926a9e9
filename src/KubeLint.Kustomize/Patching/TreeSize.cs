using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>How large a tree is, shared subtrees counted each time.</summary>
internal static class TreeSize
{
    /// <summary>The number of nodes and of levels; counting ends at the limit.</summary>
    public static (long Nodes, int Depth) Of(YamlNode root, long limit)
    {
        var pending = new Stack<(YamlNode Node, int Depth)>();
        pending.Push((root, 1));
        var nodes = 0L;
        var deepest = 0;
        while (nodes <= limit && pending.TryPop(out var next))
        {
            nodes++;
            deepest = Math.Max(deepest, next.Depth);
            switch (next.Node.Resolved)
            {
                case YamlMapping mapping:
                    foreach (var entry in mapping.Entries)
                    {
                        pending.Push((entry.Value, next.Depth + 1));
                    }

                    break;
                case YamlSequence sequence:
                    foreach (var item in sequence.Items)
                    {
                        pending.Push((item, next.Depth + 1));
                    }

                    break;
            }
        }

        return (nodes, deepest);
    }
}
