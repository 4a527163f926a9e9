using System.Collections.Immutable;

using KubeLint.Kustomize.Schema;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>
/// Applies strategic merge patches as kustomize 5.8.1 does, odd cases included (kyaml/yaml/merge2 and walk, new list
/// elements first): https://github.com/kubernetes-sigs/kustomize.
/// </summary>
public static class StrategicMergePatch
{
    /// <summary>Applies a patch. Untouched subtrees are the target's nodes, patched ones the patch's.</summary>
    /// <param name="target">The object.</param>
    /// <param name="patch">The patch. It is not checked whether it means this object.</param>
    /// <param name="schema">Which lists are merged.</param>
    public static PatchResult Apply(YamlMapping target, YamlMapping patch, KubernetesSchema schema)
    {
        try
        {
            var merged = new Merger(schema).Merge(new MergeNode(target), new MergeNode(patch), null);
            return new PatchResult(merged?.Freeze() as YamlMapping, null);
        }
        catch (PatchException problem)
        {
            return new PatchResult(null, problem.Error);
        }
    }

    private enum Directive
    {
        Merge,
        Replace,
        Delete,
    }

    private sealed class Merger(KubernetesSchema kinds)
    {
        private const string DirectiveKey = "$patch";

        public MergeNode? Merge(MergeNode? target, MergeNode? patch, MergeSchema? schema)
        {
            schema ??= FindSchema(target?.Node) ?? FindSchema(patch?.Node);
            var kind = !MergeNode.IsMissing(target) ? target!.Kind : !MergeNode.IsMissing(patch) ? patch!.Kind : (YamlNodeKind?)null;
            if (kind is { } expected && !MergeNode.IsMissing(patch) && patch!.Kind != expected)
            {
                throw PatchException.WrongKind(patch, expected);
            }

            return kind switch
            {
                YamlNodeKind.Scalar => patch ?? target,
                YamlNodeKind.Sequence when schema is { IsMergedList: true } => MergeList(target, patch, schema),
                YamlNodeKind.Sequence => patch ?? target,
                _ => MergeMapping(target, patch, schema),
            };
        }

        // A node that says its kind is taken for an object of that kind wherever nothing else is known.
        private MergeSchema? FindSchema(YamlNode? node) => node is YamlMapping mapping
            && mapping.GetString("apiVersion") is { Length: > 0 } apiVersion && mapping.GetString("kind") is { Length: > 0 } kind
            ? kinds.Find(apiVersion, kind)
            : null;

        private MergeNode? MergeMapping(MergeNode? target, MergeNode? patch, MergeSchema? schema)
        {
            var result = ChooseMapping(target, patch);
            if (result is null)
            {
                return null;
            }

            foreach (var (key, name) in FieldsToMerge(result, patch, schema))
            {
                var ours = result.Get(name);
                var theirs = patch?.Get(name);
                var fieldSchema = schema?.Field(name);
                var isTaken = theirs is not null && MergeNode.IsMissing(ours) && IsTakenWhole(theirs.Node, fieldSchema);
                result.Set(key, name, isTaken ? theirs : Merge(ours, theirs, fieldSchema));
            }

            return result;
        }

        private static MergeNode? ChooseMapping(MergeNode? target, MergeNode? patch)
        {
            if (MergeNode.IsMissing(target))
            {
                // An unknown directive is no error here: it stays, like any other field.
                if (patch is { Kind: YamlNodeKind.Mapping } && TryReadDirective(patch, out var directive) && directive == Directive.Delete)
                {
                    return null;
                }

                // "null" and "~" are kept where the patch says nothing; a key without any value is not.
                return patch is null && target is { Value.Length: > 0 } ? MergeNode.Keep(target) : patch;
            }

            if (patch is { IsNull: true })
            {
                return null;
            }

            return ReadDirective(patch) switch
            {
                Directive.Delete => null,
                Directive.Replace => patch,
                _ => target,
            };
        }

        // Each name once: the target's fields that a merge may change, then those that only the patch has. All before the first is merged, which adds
        // fields and takes others away.
        private List<(YamlNode Key, string Name)> FieldsToMerge(MergeNode result, MergeNode? patch, MergeSchema? schema)
        {
            var names = new List<(YamlNode Key, string Name)>(patch?.FieldCount ?? 0);
            for (var i = 0; i < result.FieldCount; i++)
            {
                var field = result.FieldAt(i);
                if (field.Name is { } name && result.IndexOf(name) == i && (patch?.IndexOf(name) >= 0 || !IsInert(field.Node, schema?.Field(name))))
                {
                    names.Add((field.Key, name));
                }
            }

            for (var i = 0; i < patch?.FieldCount; i++)
            {
                var field = patch.FieldAt(i);
                if (field.Name is { } name && patch.IndexOf(name) == i && result.IndexOf(name) < 0)
                {
                    names.Add((field.Key, name));
                }
            }

            return names;
        }

        // Reads the directive of a mapping or a list and takes it out of the patch.
        private static Directive ReadDirective(MergeNode? patch) => patch switch
        {
            { Kind: YamlNodeKind.Mapping } => ReadMappingDirective(patch),
            { Kind: YamlNodeKind.Sequence } => ReadListDirective(patch),
            _ => Directive.Merge,
        };

        private static Directive ReadMappingDirective(MergeNode patch)
        {
            if (TryReadDirective(patch, out var directive))
            {
                return directive;
            }

            return patch.Get(DirectiveKey) is { } value ? throw UnknownDirective(value) : Directive.Merge;
        }

        private static bool TryReadDirective(MergeNode patch, out Directive directive)
        {
            directive = Directive.Merge;
            if (patch.Get(DirectiveKey) is not { } value || !TryParse(value, out directive))
            {
                return false;
            }

            patch.Remove(DirectiveKey);
            return true;
        }

        private static Directive ReadListDirective(MergeNode patch)
        {
            foreach (var item in patch.Items)
            {
                if (item.Get(DirectiveKey) is not { } value)
                {
                    continue;
                }

                // With further fields the directive is the element's, not the list's.
                if (item.FieldCount > 1)
                {
                    return Directive.Merge;
                }

                if (!TryParse(value, out var directive))
                {
                    throw UnknownDirective(value);
                }

                KeyedList.Set(patch, null, [DirectiveKey], [value.Value]);
                return directive;
            }

            return Directive.Merge;
        }

        private static bool TryParse(MergeNode value, out Directive directive)
        {
            (var isKnown, directive) = value.Value switch
            {
                "merge" => (true, Directive.Merge),
                "replace" => (true, Directive.Replace),
                "delete" => (true, Directive.Delete),
                _ => (false, Directive.Merge),
            };
            return isKnown;
        }

        private static PatchException UnknownDirective(MergeNode value) =>
            new(value.Node, $"Unknown patch strategy '{value.Value}': '$patch' is 'merge', 'replace' or 'delete'");

        private MergeNode? MergeList(MergeNode? target, MergeNode? patch, MergeSchema schema)
        {
            MergeNode? result;
            if (MergeNode.IsMissing(target))
            {
                result = patch;
            }
            else if (patch is { IsNull: true })
            {
                return null;
            }
            else
            {
                switch (ReadDirective(patch))
                {
                    case Directive.Delete:
                        return null;
                    case Directive.Replace:
                        result = patch;
                        break;
                    default:
                        result = target;
                        break;
                }
            }

            if (result is null)
            {
                return null;
            }

            var keys = schema.MergeKeys;
            return keys.IsEmpty
                ? MergeElements(result, patch, CollectScalars(result, patch), [""], schema.Elements())
                : MergeElements(result, patch, CollectKeyValues(result, patch, keys), keys, schema.Elements());
        }

        // The patch's elements come first, so that new ones are put before the target's.
        private static List<string[]> CollectKeyValues(MergeNode target, MergeNode? patch, ImmutableArray<string> keys)
        {
            var all = new List<string[]>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var list in new[] { patch, target })
            {
                foreach (var item in list?.Items ?? [])
                {
                    var values = new string[keys.Length];
                    for (var i = 0; i < keys.Length; i++)
                    {
                        values[i] = item.Get(keys[i])?.Value ?? string.Empty;
                        if (item.Get(keys[i]) is { IsNull: true })
                        {
                            values[i] = string.Empty;
                        }
                    }

                    if (seen.Add(string.Join('\0', values)))
                    {
                        all.Add(values);
                    }
                }
            }

            return all;
        }

        private static List<string[]> CollectScalars(MergeNode target, MergeNode? patch)
        {
            var all = new List<string[]>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var list in new[] { patch, target })
            {
                foreach (var item in list?.Items ?? [])
                {
                    if (seen.Add(item.Value))
                    {
                        all.Add([item.Value]);
                    }
                }
            }

            return all;
        }

        private MergeNode MergeElements(MergeNode target, MergeNode? patch, List<string[]> all, ImmutableArray<string> keys, MergeSchema? schema)
        {
            if (all.Count == 0)
            {
                return target;
            }

            if (keys.Length > 1)
            {
                FillGaps(all);
            }

            // A key that no element has is not asked for.
            var used = Enumerable.Range(0, keys.Length).Where(i => all.Exists(values => values[i].Length > 0)).ToArray();
            used = used.Length == 0 ? [.. Enumerable.Range(0, keys.Length)] : used;
            string[] validKeys = [.. used.Select(i => keys[i])];

            var result = MergeNode.EmptyListAt(target);
            foreach (var values in all)
            {
                string[] validValues = [.. used.Select(i => values[i])];
                var element = MergeElement(target, patch, validKeys, validValues, schema);
                if (MergeNode.IsMissing(element) || element!.IsEmptyMapping)
                {
                    KeyedList.Set(target, null, validKeys, validValues);
                    continue;
                }

                KeyedList.Set(result, element, validKeys, validValues);
            }

            Append(result, target, validKeys);
            return result;
        }

        private MergeNode? MergeElement(MergeNode target, MergeNode? patch, string[] keys, string[] values, MergeSchema? schema)
        {
            // Here, too, only keys with a value count, where any has one.
            var used = Enumerable.Range(0, keys.Length).Where(i => values[i].Length > 0).ToArray();
            string[] askedKeys = used.Length == 0 ? keys : [.. used.Select(i => keys[i])];
            string[] askedValues = used.Length == 0 ? values : [.. used.Select(i => values[i])];
            var ours = KeyedList.Find(target, askedKeys, askedValues);
            var theirs = KeyedList.Find(patch, askedKeys, askedValues);
            var element = Merge(ours, theirs, schema);
            if (element is { Kind: YamlNodeKind.Mapping, IsEmptyMapping: false })
            {
                for (var i = 0; i < keys.Length; i++)
                {
                    if (element.Get(keys[i]) is null && values[i].Length > 0)
                    {
                        var place = element.Node;
                        var key = new YamlScalar(place.Source, place.Span, keys[i], extras: new NodeExtras(Derivation: new Derivation("patches")));
                        var value = new YamlScalar(place.Source, place.Span, values[i], extras: new NodeExtras(Derivation: new Derivation("patches")));
                        element.Set(key, keys[i], new MergeNode(value));
                    }
                }
            }

            return element;
        }

        // Puts the target's elements behind the merged ones, each in the place of a merged one of its values.
        private static void Append(MergeNode result, MergeNode target, string[] keys)
        {
            foreach (var item in target.Items)
            {
                if (keys[0].Length == 0)
                {
                    KeyedList.Set(result, item, keys, [item.Value]);
                    continue;
                }

                var values = new List<string>(keys.Length);
                foreach (var key in keys)
                {
                    if (!item.IsNull && item.Kind != YamlNodeKind.Mapping)
                    {
                        throw PatchException.WrongKind(item, YamlNodeKind.Mapping);
                    }

                    if (item.Get(key) is { } value)
                    {
                        values.Add(value.Value);
                    }
                    else
                    {
                        result.Items.Add(item);
                    }
                }

                if (keys.Length > 1)
                {
                    KeyedList.Set(result, null, keys, values.ToArray());
                }

                KeyedList.Set(result, item, keys, values.ToArray());
            }
        }

        // Two elements of which one has a value where the other has none, and else the same, are one element.
        private static void FillGaps(List<string[]> all)
        {
            for (var i = 0; i < all.Count; i++)
            {
                var first = all[i];
                for (var j = 0; j < all.Count; j++)
                {
                    if (Join(first, all[j]) is { } joined)
                    {
                        all[i] = joined;
                        all[j] = joined;
                    }
                }
            }
        }

        private static string[]? Join(string[] left, string[] right)
        {
            var joined = new string[left.Length];
            var hasCommon = false;
            for (var i = 0; i < left.Length; i++)
            {
                hasCommon |= left[i] == right[i];
                if (left[i] != right[i] && left[i].Length > 0 && right[i].Length > 0)
                {
                    return null;
                }

                joined[i] = left[i].Length > 0 ? left[i] : right[i];
            }

            return hasCommon ? joined : null;
        }

        // Whether a part of a patch stays as it is where the target has nothing: in it are no directive, no null and no list to merge.
        private bool IsTakenWhole(YamlNode node, MergeSchema? schema)
        {
            switch (node)
            {
                case YamlScalar scalar:
                    return !scalar.IsNull;
                case YamlSequence:
                    return schema is not { IsMergedList: true };
                case YamlMapping mapping:
                    schema ??= FindSchema(mapping);
                    foreach (var entry in mapping.Entries)
                    {
                        if (entry.IsMerge || entry.Name is not { } name || name == DirectiveKey || !IsTakenWhole(entry.Value, schema?.Field(name)))
                        {
                            return false;
                        }
                    }

                    return true;
                default:
                    return false;
            }
        }

        // Whether a merge without a patch leaves a subtree as it is. Most of a target is so; no working copy of it is made.
        private bool IsInert(YamlNode node, MergeSchema? schema)
        {
            switch (node.Resolved)
            {
                case YamlScalar scalar:
                    return scalar.Value.Length > 0 || !scalar.IsNull;
                case YamlSequence sequence:
                    return schema is not { IsMergedList: true } || IsInertList(sequence, schema);
                case YamlMapping mapping:
                    schema ??= FindSchema(mapping);
                    foreach (var entry in mapping.EffectiveEntries())
                    {
                        if (!IsInert(entry.Value, entry.Name is { } name ? schema?.Field(name) : null))
                        {
                            return false;
                        }
                    }

                    return true;
                default:
                    return false;
            }
        }

        // Merging a list with itself changes nothing if all elements have the same keys, with values found only once.
        private bool IsInertList(YamlSequence list, MergeSchema schema)
        {
            var keys = schema.MergeKeys;
            if (keys.Length > 64)
            {
                return false;
            }

            var elements = schema.Elements();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var used = 0L;
            foreach (var item in list.Items)
            {
                var identity = string.Empty;
                var itemUsed = 0L;
                for (var i = 0; i < keys.Length; i++)
                {
                    if (item.GetString(keys[i]) is { Length: > 0 } value)
                    {
                        identity += value + '\0';
                        itemUsed |= 1L << i;
                    }
                }

                if (keys.IsEmpty && item.AsScalar() is { IsNull: false, Value.Length: > 0 } scalar)
                {
                    identity = scalar.Value;
                }

                used = seen.Count == 0 ? itemUsed : used;
                if (identity.Length == 0 || itemUsed != used || !seen.Add(identity) || !IsInert(item, elements))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
