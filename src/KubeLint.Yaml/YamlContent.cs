namespace KubeLint.Yaml;

/// <summary>Compares trees by what they hold, wherever that is written.</summary>
public static class YamlContent
{
    /// <summary>
    /// Whether both hold the same: the order of keys, styles and aliases do not matter. A value that is not known equals only one
    /// that is not known either.
    /// </summary>
    public static bool Same(YamlNode? left, YamlNode? right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        return (left?.Resolved, right?.Resolved) switch
        {
            (YamlScalar one, YamlScalar two) => one.Value == two.Value && one.IsUnknown == two.IsUnknown,
            (YamlMapping one, YamlMapping two) => SameEntries(one, two),
            (YamlSequence one, YamlSequence two) => SameItems(one, two),
            _ => false,
        };
    }

    private static bool SameItems(YamlSequence left, YamlSequence right)
    {
        if (left.Items.Length != right.Items.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Items.Length; i++)
        {
            if (!Same(left.Items[i], right.Items[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameEntries(YamlMapping left, YamlMapping right)
    {
        if (left.Entries.Length != right.Entries.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Entries.Length; i++)
        {
            var entry = left.Entries[i];
            var counterpart = entry.Name == right.Entries[i].Name ? right.Entries[i] : entry.Name is { } name ? right.Find(name) : null;
            if (counterpart is not { } found || !Same(entry.Key, found.Key) || !Same(entry.Value, found.Value))
            {
                return false;
            }
        }

        return true;
    }
}
