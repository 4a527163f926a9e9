using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Merges values as Helm does: mappings deeply, everything else is replaced. Each node keeps its own place.</summary>
public static class ValuesMerge
{
    private const string By = "valuesFrom";

    /// <summary>The first mapping with the second over it.</summary>
    public static YamlMapping Merge(YamlMapping below, YamlMapping above)
    {
        if (below.Entries.IsEmpty)
        {
            return above;
        }

        if (above.Entries.IsEmpty)
        {
            return below;
        }

        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in below.EffectiveEntries())
        {
            if (entry.Name is { } name && places.TryAdd(name, entries.Count))
            {
                entries.Add(new YamlEntry(entry.Key.Resolved, entry.Value.Resolved));
            }
        }

        foreach (var entry in above.EffectiveEntries())
        {
            if (entry.Name is not { } name)
            {
                continue;
            }

            var value = entry.Value.Resolved;
            if (!places.TryGetValue(name, out var place))
            {
                places.Add(name, entries.Count);
                entries.Add(new YamlEntry(entry.Key.Resolved, value));
            }
            else if (entries[place].Value is YamlMapping one && value is YamlMapping two)
            {
                entries[place] = new YamlEntry(entry.Key.Resolved, Merge(one, two));
            }
            else
            {
                entries[place] = new YamlEntry(entry.Key.Resolved, value);
            }
        }

        return above.With(entries.ToImmutable());
    }

    /// <summary>
    /// The mapping with a value set at a path of Helm's <c>--set</c>: keys with dots between them, <c>\.</c> for a dot in a key, <c>[0]</c> for an item
    /// (https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set). Null where the path is none.
    /// </summary>
    public static YamlMapping? Set(YamlMapping values, string path, YamlNode value)
    {
        var steps = Split(path);
        return steps is null || steps[0].Index >= 0 ? null : (YamlMapping)Set(values, steps, 0, value);
    }

    /// <summary>What stands at a path of Helm's <c>--set</c>, or the scalar in its way; null where nothing does.</summary>
    public static YamlNode? Find(YamlMapping values, string path)
    {
        YamlNode? node = values;
        foreach (var (key, index) in Split(path) ?? [])
        {
            node = node?.Resolved switch
            {
                YamlMapping mapping when index < 0 => mapping[key],
                YamlSequence sequence when index >= 0 => index < sequence.Items.Length ? sequence.Items[index] : null,
                YamlScalar { IsNull: true } => null,
                _ => node,
            };
            if (node is null)
            {
                return null;
            }
        }

        return ReferenceEquals(node, values) ? null : node.Resolved;
    }

    /// <summary>Whether a value at one path of Helm's <c>--set</c> replaces that at another: they are the same, or one leads to the other.</summary>
    public static bool AreInEachOther(string path, string other)
    {
        if (Split(path) is not { } one || Split(other) is not { } two)
        {
            return false;
        }

        for (var i = 0; i < Math.Min(one.Count, two.Count); i++)
        {
            if (one[i] != two[i])
            {
                return false;
            }
        }

        return true;
    }

    private static YamlNode Set(YamlNode? node, List<(string Key, int Index)> steps, int at, YamlNode value)
    {
        if (at == steps.Count)
        {
            return value;
        }

        var (key, index) = steps[at];
        if (index < 0)
        {
            var mapping = node?.AsMapping() ?? MadeNode.Mapping(value, By);
            return MadeNode.Set(mapping, key, Set(mapping[key], steps, at + 1, value), By);
        }

        var items = node?.AsSequence()?.Items.ToList() ?? [];
        while (items.Count <= index)
        {
            items.Add(new YamlScalar(value.Source, value.Span, "", YamlScalarStyle.Plain, new NodeExtras(null, null, new Derivation(By))));
        }

        items[index] = Set(items[index], steps, at + 1, value);
        return MadeNode.Sequence(value, By, items);
    }

    private static List<(string Key, int Index)>? Split(string path)
    {
        const int MaxIndex = 1000;
        var steps = new List<(string, int)>();
        var key = new System.Text.StringBuilder();
        for (var i = 0; i < path.Length; i++)
        {
            switch (path[i])
            {
                case '\\' when i + 1 < path.Length:
                    key.Append(path[++i]);
                    break;
                case '.':
                    if (!Take())
                    {
                        return null;
                    }

                    break;
                case '[':
                    Take();
                    var end = path.IndexOf(']', i);
                    if (end < 0 || !int.TryParse(path.AsSpan(i + 1, end - i - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index > MaxIndex)
                    {
                        return null;
                    }

                    steps.Add(("", index));
                    i = end;
                    if (i + 1 < path.Length && path[i + 1] == '.')
                    {
                        i++;
                    }

                    break;
                default:
                    key.Append(path[i]);
                    break;
            }
        }

        Take();
        return steps.Count > 0 ? steps : null;

        bool Take()
        {
            if (key.Length == 0)
            {
                return false;
            }

            steps.Add((key.ToString(), -1));
            key.Clear();
            return true;
        }
    }
}
