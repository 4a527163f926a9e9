using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Where two trees begin to differ.</summary>
/// <param name="Node">The smallest node of the later tree that differs; null where something is missing in it.</param>
internal sealed record ContentDifference(YamlNode? Node)
{
    /// <summary>The first difference; null where there is none that counts.</summary>
    public static ContentDifference? Find(YamlNode? before, YamlNode? now)
    {
        if (YamlContent.Same(before, now))
        {
            return null;
        }

        return (before?.Resolved, now?.Resolved) switch
        {
            (YamlMapping left, YamlMapping right) => FindIn(left, right),
            (YamlSequence left, YamlSequence right) => FindIn(left, right),
            (_, { } node) => new ContentDifference(node),
            _ => new ContentDifference(Node: null),
        };
    }

    private static ContentDifference? FindIn(YamlMapping before, YamlMapping now)
    {
        var isTemplate = now.ContainsKey("metadata") && now.ContainsKey("spec");
        foreach (var entry in now.EffectiveEntries())
        {
            if (entry.Name is not { } name || IsFilled(name, isTemplate))
            {
                continue;
            }

            if (before[name] is not { } old)
            {
                if (!IsDefault(name, entry.Value))
                {
                    return new ContentDifference(entry.Key);
                }
            }
            else if (Find(old, entry.Value) is { } difference)
            {
                return difference.Node is null ? new ContentDifference(entry.Key) : difference;
            }
        }

        return before.EffectiveEntries().Any(entry => entry.Name is { } name && !IsFilled(name, isTemplate) && !now.ContainsKey(name) && !IsDefault(name, entry.Value))
            ? new ContentDifference(Node: null)
            : null;
    }

    private static ContentDifference? FindIn(YamlSequence before, YamlSequence now)
    {
        for (var i = 0; i < Math.Min(before.Items.Length, now.Items.Length); i++)
        {
            if (Find(before.Items[i], now.Items[i]) is { } difference)
            {
                return difference.Node is null ? new ContentDifference(now.Items[i].Resolved) : difference;
            }
        }

        return now.Items.Length > before.Items.Length ? new ContentDifference(now.Items[before.Items.Length].Resolved)
            : now.Items.Length < before.Items.Length ? new ContentDifference(Node: null)
            : null;
    }

    // What the API server writes into a claim's template by itself.
    private static bool IsFilled(string name, bool isTemplate) => name == "creationTimestamp" || (isTemplate && name is "apiVersion" or "kind" or "status");

    private static bool IsDefault(string name, YamlNode value) => name == "volumeMode" && value.AsScalar()?.Value == "Filesystem";
}
