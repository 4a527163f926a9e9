using KubeLint.Yaml;

namespace KubeLint.Kustomize.Output;

/// <summary>The entries of a mapping as kustomize prints them: merge keys expanded, each name once, in natural order.</summary>
internal static class SortedEntries
{
    public static ReadOnlySpan<(string Name, YamlEntry Entry)> Of(YamlMapping mapping)
    {
        var entries = new (string Name, YamlEntry Entry)[mapping.Entries.Length];
        var count = 0;
        var isSorted = true;
        foreach (var entry in mapping.EffectiveEntries())
        {
            if (KeyText(entry.Key) is { } name)
            {
                if (count == entries.Length)
                {
                    Array.Resize(ref entries, Math.Max(4, count * 2));
                }

                isSorted &= count == 0 || NaturalKeyComparer.Instance.Compare(entries[count - 1].Name, name) < 0;
                entries[count++] = (name, entry);
            }
        }

        return isSorted ? entries.AsSpan(0, count) : DropEarlier(Sort(entries, count));
    }

    /// <summary>The text of a key; null for one that is no scalar.</summary>
    public static string? KeyText(YamlNode key) => key.Resolved is YamlScalar scalar
        ? scalar.Tag == YamlTags.Binary ? ScalarResolver.Resolve(scalar).Text : scalar.Value
        : null;

    // A merge sort: stable, so that of two equal keys the later one is known, and sound with an order that is none in odd cases.
    private static Span<(string Name, YamlEntry Entry)> Sort((string Name, YamlEntry Entry)[] from, int count)
    {
        var to = new (string Name, YamlEntry Entry)[count];
        for (var width = 1; width < count; width *= 2)
        {
            for (var start = 0; start < count; start += 2 * width)
            {
                var middle = Math.Min(start + width, count);
                var end = Math.Min(middle + width, count);
                int left = start, right = middle;
                for (var i = start; i < end; i++)
                {
                    var takesLeft = left < middle
                        && (right >= end || NaturalKeyComparer.Instance.Compare(from[left].Name, from[right].Name) <= 0);
                    to[i] = takesLeft ? from[left++] : from[right++];
                }
            }

            (from, to) = (to, from);
        }

        return from.AsSpan(0, count);
    }

    // Of two equal keys the later counts.
    private static ReadOnlySpan<(string Name, YamlEntry Entry)> DropEarlier(Span<(string Name, YamlEntry Entry)> sorted)
    {
        var kept = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (kept > 0 && sorted[kept - 1].Name == sorted[i].Name)
            {
                kept--;
            }

            sorted[kept++] = sorted[i];
        }

        return sorted[..kept];
    }
}
