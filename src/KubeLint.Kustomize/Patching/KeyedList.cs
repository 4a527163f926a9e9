using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>Finds, sets and removes elements of a list by the values of their keys, as kyaml does (kyaml/yaml/fns.go). The key <c>""</c> means a scalar's own value.</summary>
internal static class KeyedList
{
    /// <summary>The first element with all the values; null where there is none.</summary>
    public static MergeNode? Find(MergeNode? list, ReadOnlySpan<string> keys, ReadOnlySpan<string> values)
    {
        if (list is not { Kind: YamlNodeKind.Sequence })
        {
            return null;
        }

        foreach (var item in list.Items)
        {
            var isMatch = keys[0].Length == 0 ? item.Value == values[0] : item.Kind == YamlNodeKind.Mapping;
            for (var i = 0; isMatch && keys[0].Length > 0 && i < keys.Length; i++)
            {
                isMatch = item.Get(keys[i]) is { } value && value.Value == values[i];
            }

            if (isMatch)
            {
                return item;
            }
        }

        return null;
    }

    /// <summary>
    /// Puts an element in the place of every one with the values, or at the end; removes those where no element is given.
    /// Nulls and empty mappings go in any case. With fewer values than keys the first keys are asked for them; with none, all elements go.
    /// </summary>
    /// <exception cref="PatchException">An element is not of the kind that the keys ask for.</exception>
    public static void Set(MergeNode list, MergeNode? element, ReadOnlySpan<string> keys, ReadOnlySpan<string> values)
    {
        var wantsMappings = keys[0].Length > 0 && values.Length > 0 && values[0].Length > 0;
        var kept = new List<MergeNode>(list.Items.Count + 1);
        var isFound = false;
        foreach (var item in list.Items)
        {
            if (item.IsNull || item.IsEmptyMapping)
            {
                continue;
            }

            if (wantsMappings && item.Kind != YamlNodeKind.Mapping)
            {
                kept.Add(item);
            }
            else if (!HasValues(item, keys, values))
            {
                if (values.Length > 0)
                {
                    kept.Add(item);
                }
            }
            else
            {
                isFound = true;
                if (element is not null)
                {
                    kept.Add(element);
                }
            }
        }

        if (!isFound && !MergeNode.IsMissing(element))
        {
            kept.Add(element!);
        }

        list.Items = kept;
    }

    private static bool HasValues(MergeNode item, ReadOnlySpan<string> keys, ReadOnlySpan<string> values)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (i >= values.Length)
            {
                return i > 0;
            }

            var expected = keys[i].Length == 0 ? YamlNodeKind.Scalar : YamlNodeKind.Mapping;
            if (item.Kind != expected)
            {
                throw PatchException.WrongKind(item, expected);
            }

            // No value asks only for the field.
            var isMatch = keys[i].Length == 0
                ? item.Value == values[i]
                : item.Get(keys[i]) is { } value && (values[i].Length == 0 || value.Value == values[i]);
            if (!isMatch)
            {
                return false;
            }
        }

        return true;
    }
}
