using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>
/// A node of the working copy in which a strategic merge happens. The merge is defined by edits in place (kyaml's), so
/// it needs one; children are copied only when they are looked at, and what was not changed freezes to the old node.
/// </summary>
internal sealed class MergeNode
{
    private List<MergeField>? fields;
    private List<MergeNode>? items;
    private YamlScalarStyle? styleOf;

    public MergeNode(YamlNode node)
    {
        Node = node.Resolved;
    }

    /// <summary>The node that this is a copy of.</summary>
    public YamlNode Node { get; }

    /// <summary>Whether a null stays in the result: one that the target says in so many words.</summary>
    public bool IsKept { get; private init; }

    public YamlNodeKind Kind => Node.Kind;

    public bool IsNull => Node is YamlScalar { IsNull: true };

    public bool IsEmptyMapping => Kind == YamlNodeKind.Mapping && FieldCount == 0;

    /// <summary>A scalar's value; nothing for any other node.</summary>
    public string Value => Node is YamlScalar scalar ? scalar.Value : string.Empty;

    /// <summary>How many fields a mapping has; none of any other node.</summary>
    public int FieldCount => Fields.Count;

    /// <summary>The items of a sequence; none of any other node.</summary>
    public List<MergeNode> Items
    {
        get => items ??= CopyItems();
        set => items = value;
    }

    private List<MergeField> Fields => fields ??= CopyFields();

    /// <summary>The null itself, to stay in the result.</summary>
    public static MergeNode Keep(MergeNode node) => new(node.Node) { IsKept = true };

    /// <summary>A list without items that stands where another does.</summary>
    public static MergeNode EmptyListAt(MergeNode list) => new(list.Node) { Items = [] };

    public static bool IsMissing(MergeNode? node) => node is null || node.IsNull;

    /// <summary>The value of a field; null where there is none.</summary>
    public MergeNode? Get(string name)
    {
        var index = IndexOf(name);
        if (index < 0)
        {
            return null;
        }

        var field = Fields[index];
        if (field.Value is null)
        {
            field = field with { Value = new MergeNode(field.Node) };
            Fields[index] = field;
        }

        return field.Value;
    }

    /// <summary>A field of a mapping, by its place.</summary>
    public MergeField FieldAt(int index) => Fields[index];

    /// <summary>The place of the first field of a mapping with a name; -1 where there is none.</summary>
    public int IndexOf(string name)
    {
        if (Kind == YamlNodeKind.Mapping)
        {
            for (var i = 0; i < Fields.Count; i++)
            {
                if (Fields[i].Name == name)
                {
                    return i;
                }
            }
        }

        return -1;
    }

    /// <summary>Sets a field, or removes it where the value is missing. A value in an old one's place takes over its style: a quoted string stays a string.</summary>
    public void Set(YamlNode key, string name, MergeNode? value)
    {
        var index = IndexOf(name);
        if (value is null || (value.IsNull && !value.IsKept))
        {
            if (index >= 0)
            {
                Fields.RemoveAt(index);
            }

            return;
        }

        if (index < 0)
        {
            Fields.Add(new MergeField(key, value.Node, value));
            return;
        }

        var old = Fields[index];
        if (!ReferenceEquals(old.Value, value))
        {
            value.styleOf = old.Node is YamlScalar scalar ? WrittenStyle(scalar) : YamlScalarStyle.Plain;
            Fields[index] = new MergeField(old.Key, value.Node, value);
        }
    }

    public void Remove(string name)
    {
        var index = IndexOf(name);
        if (index >= 0)
        {
            Fields.RemoveAt(index);
        }
    }

    /// <summary>The immutable node: the old one where nothing changed.</summary>
    public YamlNode Freeze()
    {
        switch (Node)
        {
            case YamlMapping mapping when fields is not null:
                return FreezeMapping(mapping);
            case YamlSequence sequence when items is not null:
                return FreezeSequence(sequence);
            case YamlScalar scalar when styleOf is { } style && style != YamlScalarStyle.Plain && scalar is { Style: YamlScalarStyle.Plain } && scalar.Tag != YamlTags.String:
                return new YamlScalar(scalar.Source, scalar.Span, scalar.Value, scalar.Style, new NodeExtras(YamlTags.String, scalar.Anchor, scalar.Derivation));
            default:
                return Node;
        }
    }

    // A plain scalar that took a quoted one's place was given the string's tag: it counts as quoted from then on.
    private static YamlScalarStyle WrittenStyle(YamlScalar scalar) =>
        scalar is { Style: YamlScalarStyle.Plain, Tag: YamlTags.String } ? YamlScalarStyle.DoubleQuoted : scalar.Style;

    private YamlMapping FreezeMapping(YamlMapping mapping)
    {
        var before = mapping.Entries;
        var entries = fields!.Count == before.Length ? null : ImmutableArray.CreateBuilder<YamlEntry>(fields.Count);
        for (var i = 0; i < fields.Count; i++)
        {
            var entry = new YamlEntry(fields[i].Key, fields[i].Value?.Freeze() ?? fields[i].Node);
            if (entries is null && !(ReferenceEquals(entry.Key, before[i].Key) && ReferenceEquals(entry.Value, before[i].Value)))
            {
                entries = ImmutableArray.CreateBuilder<YamlEntry>(fields.Count);
                entries.AddRange(before, i);
            }

            entries?.Add(entry);
        }

        return entries is null ? mapping : mapping.With(entries.MoveToImmutable());
    }

    private YamlSequence FreezeSequence(YamlSequence sequence)
    {
        var isSame = items!.Count == sequence.Items.Length;
        var frozen = ImmutableArray.CreateBuilder<YamlNode>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i].Freeze();
            isSame = isSame && ReferenceEquals(item, sequence.Items[i]);
            frozen.Add(item);
        }

        return isSame ? sequence : sequence.With(frozen.MoveToImmutable());
    }

    private List<MergeField> CopyFields()
    {
        if (Node is not YamlMapping mapping)
        {
            return [];
        }

        var entries = mapping.EffectiveEntries();
        var copy = new List<MergeField>(entries.Length);
        foreach (var entry in entries)
        {
            copy.Add(new MergeField(entry.Key, entry.Value.Resolved, null));
        }

        return copy;
    }

    private List<MergeNode> CopyItems()
    {
        if (Node is not YamlSequence sequence)
        {
            return [];
        }

        var copy = new List<MergeNode>(sequence.Items.Length);
        foreach (var item in sequence.Items)
        {
            copy.Add(new MergeNode(item));
        }

        return copy;
    }
}

/// <summary>A field of a mapping in a working copy.</summary>
/// <param name="Key">The key as written.</param>
/// <param name="Node">The node that the value is, or is a copy of.</param>
/// <param name="Value">The value; null until someone asks for it.</param>
internal readonly record struct MergeField(YamlNode Key, YamlNode Node, MergeNode? Value)
{
    /// <summary>The key's text; null for a key that is no scalar.</summary>
    public string? Name => (Key.Resolved as YamlScalar)?.Value;
}
