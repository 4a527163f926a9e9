using System.Globalization;
using System.Text.Json;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>
/// Applies JSON patches (RFC 6902, https://www.rfc-editor.org/rfc/rfc6902) as kustomize 5.8.1 does with
/// github.com/evanphx/json-patch: an index may be negative, and a path's first part is not read, so that <c>a/b</c> means <c>/b</c>.
/// </summary>
public static class JsonPatch
{
    /// <summary>Applies operations. Untouched subtrees are the target's nodes, new values the patch's.</summary>
    /// <param name="target">The object.</param>
    /// <param name="operations">The list of operations, written as YAML or JSON.</param>
    public static PatchResult Apply(YamlMapping target, YamlNode operations)
    {
        try
        {
            return new PatchResult(JsonRoundTrip.Normalize(new Run(target).Apply(operations)), null);
        }
        catch (PatchException problem)
        {
            return new PatchResult(null, problem.Error);
        }
    }

    private sealed class Run(YamlMapping target)
    {
        private YamlNode root = target;
        private long copiedNodes;

        public YamlMapping Apply(YamlNode operations)
        {
            CheckJson(operations);
            var list = operations.AsSequence()
                ?? throw new PatchException(operations, "A JSON patch is a list of operations, each with 'op' and 'path'");
            // All are read before the first is applied: a patch is right or wrong whatever its target.
            var steps = new List<JsonPatchOperation>(list.Items.Length);
            foreach (var item in list.Items)
            {
                steps.Add(JsonPatchOperation.Read(item));
            }

            foreach (var step in steps)
            {
                Apply(step);
            }

            return root as YamlMapping ?? throw new PatchException(operations, "The patch leaves a list in the place of the object");
        }

        // kustomize reads a text that begins with a bracket as JSON, which is stricter than YAML.
        private static void CheckJson(YamlNode operations)
        {
            var content = operations.Source.Content;
            if (content.Length == 0 || content[0] != '[')
            {
                return;
            }

            try
            {
                using var document = JsonDocument.Parse(content.AsMemory(), new JsonDocumentOptions { MaxDepth = YamlLimits.Default.MaxDepth * 2 });
            }
            catch (JsonException)
            {
                throw new PatchException(operations, "A patch that begins with '[' must be valid JSON: write it so, or as a YAML list with dashes");
            }
        }

        private void Apply(JsonPatchOperation step)
        {
            switch (step.Kind)
            {
                case JsonPatchKind.Add:
                    Add(step.Path, step.Value!, "add");
                    break;
                case JsonPatchKind.Remove:
                    Remove(step.Path, "remove");
                    break;
                case JsonPatchKind.Replace:
                    Replace(step.Path, step.Value!);
                    break;
                case JsonPatchKind.Move:
                    var moved = Get(step.From!, "move");
                    Remove(step.From!, "move");
                    Add(step.Path, moved, "move");
                    break;
                case JsonPatchKind.Copy:
                    var copied = Get(step.From!, "copy");
                    Count(copied, step.Path);
                    Add(step.Path, copied, "copy");
                    break;
                case JsonPatchKind.Test:
                    Test(step.Path, step.Value);
                    break;
            }
        }

        private YamlNode Get(JsonPointer pointer, string kind) => Find(pointer, kind) switch
        {
            YamlSequence sequence => sequence.Items[IndexIn(sequence, pointer, sequence.Items.Length)].Resolved,
            YamlMapping mapping when mapping[pointer.Key] is { } value => value,
            _ => throw MissingKey(pointer, kind),
        };

        private void Add(JsonPointer pointer, YamlNode value, string kind)
        {
            Find(pointer, kind);
            root = Edit(root, pointer, 0, container => container switch
            {
                YamlMapping mapping => Set(mapping, pointer, value),
                YamlSequence sequence => sequence.With(pointer.Key == "-"
                    ? sequence.Items.Add(value)
                    : sequence.Items.Insert(IndexIn(sequence, pointer, sequence.Items.Length + 1), value)),
                _ => container,
            });
        }

        private void Remove(JsonPointer pointer, string kind)
        {
            Find(pointer, kind);
            root = Edit(root, pointer, 0, container => container switch
            {
                YamlMapping mapping => mapping.ContainsKey(pointer.Key)
                    ? mapping.With([.. mapping.EffectiveEntries().Where(entry => entry.Name != pointer.Key)])
                    : throw MissingKey(pointer, kind),
                YamlSequence sequence => sequence.With(sequence.Items.RemoveAt(IndexIn(sequence, pointer, sequence.Items.Length))),
                _ => container,
            });
        }

        private void Replace(JsonPointer pointer, YamlNode value)
        {
            if (pointer.Text.Length == 0)
            {
                // A scalar in the place of the whole object is passed over.
                root = value is YamlScalar ? root : value;
                return;
            }

            Find(pointer, "replace");
            root = Edit(root, pointer, 0, container => container switch
            {
                YamlMapping mapping => mapping.ContainsKey(pointer.Key) ? Set(mapping, pointer, value) : throw MissingKey(pointer, "replace"),
                YamlSequence sequence => sequence.With(sequence.Items.SetItem(IndexIn(sequence, pointer, sequence.Items.Length), value)),
                _ => container,
            });
        }

        private void Test(JsonPointer pointer, YamlNode? expected)
        {
            var actual = pointer.Text.Length == 0 ? root
                : Find(pointer, "test") is YamlMapping mapping ? mapping[pointer.Key]
                : Get(pointer, "test");
            if (!PatchValue.AreEqual(actual, expected))
            {
                throw new PatchException(expected ?? pointer.Node, $"The test of the value at '{pointer.Text}' failed");
            }
        }

        private static PatchException MissingKey(JsonPointer pointer, string kind) =>
            new(pointer.Node, $"The '{kind}' operation does not apply: the object has no key '{pointer.Key}' at '{pointer.Text}'");

        // The collection in which the pointer's last part is a key or an index.
        private YamlNode Find(JsonPointer pointer, string kind)
        {
            var node = pointer.HasKey ? root : null;
            foreach (var part in pointer.Parents)
            {
                node = node switch
                {
                    YamlMapping mapping => mapping[part],
                    YamlSequence sequence when TryIndex(part, sequence.Items.Length, out var index) => sequence.Items[index].Resolved,
                    _ => null,
                };
            }

            return node is YamlMapping or YamlSequence
                ? node
                : throw new PatchException(pointer.Node, $"The '{kind}' operation does not apply: the object has no path '{pointer.Text}'");
        }

        private static YamlNode Edit(YamlNode node, JsonPointer pointer, int depth, Func<YamlNode, YamlNode> edit)
        {
            if (depth == pointer.Parents.Length)
            {
                return edit(node.Resolved);
            }

            var part = pointer.Parents[depth];
            switch (node.Resolved)
            {
                case YamlMapping mapping:
                    var entries = mapping.EffectiveEntries();
                    for (var i = entries.Length - 1; i >= 0; i--)
                    {
                        if (entries[i].Name == part)
                        {
                            return mapping.With(entries.SetItem(i, entries[i] with { Value = Edit(entries[i].Value, pointer, depth + 1, edit) }));
                        }
                    }

                    return mapping;
                case YamlSequence sequence when TryIndex(part, sequence.Items.Length, out var index):
                    return sequence.With(sequence.Items.SetItem(index, Edit(sequence.Items[index], pointer, depth + 1, edit)));
                default:
                    return node;
            }
        }

        private static YamlMapping Set(YamlMapping mapping, JsonPointer pointer, YamlNode value)
        {
            var entries = mapping.EffectiveEntries();
            for (var i = entries.Length - 1; i >= 0; i--)
            {
                if (entries[i].Name == pointer.Key)
                {
                    return mapping.With(entries.SetItem(i, entries[i] with { Value = value }));
                }
            }

            return mapping.With(entries.Add(new YamlEntry(pointer.MakeKey(), value)));
        }

        private static int IndexIn(YamlSequence sequence, JsonPointer pointer, int count) => TryIndex(pointer.Key, count, out var index)
            ? index
            : throw new PatchException(pointer.Node, $"'{pointer.Key}' in '{pointer.Text}' is no index of the list there, which has {sequence.Items.Length} elements");

        private static bool TryIndex(string text, int count, out int index)
        {
            if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index))
            {
                return false;
            }

            index = index < 0 ? index + count : index;
            return index >= 0 && index < count;
        }

        // Copies of copies double what they copy: a short patch must not make an endless object.
        private void Count(YamlNode copied, JsonPointer destination)
        {
            var (nodes, depth) = TreeSize.Of(copied, YamlLimits.Default.MaxExpandedNodes);
            copiedNodes += nodes;
            if (copiedNodes > YamlLimits.Default.MaxExpandedNodes || depth + destination.Parents.Length > YamlLimits.Default.MaxDepth)
            {
                throw new PatchException(destination.Node, "The patch's copies make the object too large");
            }
        }
    }
}
