using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Kustomize;

/// <summary>Reads and edits trees without aliases and merge keys, as resources are after loading.</summary>
internal static class Tree
{
    /// <summary>Whether there is nothing, or YAML's null.</summary>
    public static bool IsMissing(YamlNode? node) => node is null or YamlScalar { IsNull: true };

    /// <summary>Whether there is nothing: absent, null, or a collection without content.</summary>
    public static bool IsMissingOrEmpty(YamlNode? node) =>
        node is null or YamlScalar { IsNull: true } or YamlMapping { Entries.IsEmpty: true } or YamlSequence { Items.IsEmpty: true };

    /// <summary>The value of a key of the mapping itself; null where there is none.</summary>
    public static YamlNode? Get(YamlMapping mapping, string key)
    {
        var index = IndexOf(mapping, key);
        return index < 0 ? null : mapping.Entries[index].Value;
    }

    /// <summary>The place of the first entry with a key; -1 where there is none.</summary>
    public static int IndexOf(YamlMapping mapping, string key)
    {
        var entries = mapping.Entries;
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Key is YamlScalar scalar && scalar.Value == key)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The text of a scalar below a key; empty where there is none, as kustomize reads metadata.</summary>
    public static string Text(YamlMapping? mapping, string key) =>
        mapping is not null && Get(mapping, key) is YamlScalar { IsNull: false } scalar ? scalar.Value : "";

    /// <summary>The mapping with an entry's value replaced.</summary>
    public static YamlMapping ReplaceAt(YamlMapping mapping, int index, YamlNode value) =>
        mapping.With(mapping.Entries.SetItem(index, mapping.Entries[index] with { Value = value }));

    /// <summary>The mapping with a key set: in place where it is there, else at the end.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="by">What makes the key, where it is new.</param>
    public static YamlMapping Set(YamlMapping mapping, string key, YamlNode value, string by)
    {
        var index = IndexOf(mapping, key);
        return index >= 0 ? ReplaceAt(mapping, index, value) : Add(mapping, key, value, by);
    }

    /// <summary>The mapping with an entry added at the end; the key stands where the value does.</summary>
    public static YamlMapping Add(YamlMapping mapping, string key, YamlNode value, string by) =>
        mapping.With(mapping.Entries.Add(new YamlEntry(Computed(value, key, by), value)));

    /// <summary>The mapping without a key.</summary>
    public static YamlMapping Remove(YamlMapping mapping, string key)
    {
        var index = IndexOf(mapping, key);
        return index < 0 ? mapping : mapping.With(mapping.Entries.RemoveAt(index));
    }

    /// <summary>A string that something computed; it stands where that something does.</summary>
    public static YamlScalar Computed(YamlNode at, string value, string by, YamlNode? replaced = null, ImmutableArray<YamlNode> inputs = default) =>
        Computed(at, value, by, YamlScalarStyle.Plain, YamlTags.String, replaced, inputs);

    /// <summary>A scalar that something computed; it stands where that something does.</summary>
    /// <param name="at">The field that made it.</param>
    /// <param name="value">The value.</param>
    /// <param name="by">The field's name.</param>
    /// <param name="style">The style, which decides how an untagged value is read.</param>
    /// <param name="tag">The tag; null lets the value and the style decide.</param>
    /// <param name="replaced">What stood there before.</param>
    /// <param name="inputs">What else went into it.</param>
    public static YamlScalar Computed(
        YamlNode at, string value, string by, YamlScalarStyle style, string? tag, YamlNode? replaced, ImmutableArray<YamlNode> inputs = default) =>
        new(at.Source, at.Span, value, style, new NodeExtras(tag, null, new Derivation(by, replaced, inputs.IsDefault ? [] : inputs)));

    /// <summary>A mapping that something made; it stands where that something does.</summary>
    public static YamlMapping ComputedMapping(YamlNode at, string by, ImmutableArray<YamlEntry> entries, YamlNode? replaced = null) =>
        new(at.Source, at.Span, entries, isFlow: false, new NodeExtras(null, null, new Derivation(by, replaced)));

    /// <summary>
    /// What kustomize puts in a scalar's place when it computes a value: the style stays, so that a quoted string stays
    /// one. The old node itself where nothing changes.
    /// </summary>
    /// <param name="old">The node that goes.</param>
    /// <param name="at">The field that made the value.</param>
    /// <param name="value">The value.</param>
    /// <param name="by">The field's name.</param>
    /// <param name="tag">The tag; null lets the value and the style decide.</param>
    public static YamlScalar Overwrite(YamlNode? old, YamlNode at, string value, string by, string? tag)
    {
        if (old is not YamlScalar scalar)
        {
            return Computed(at, value, by, YamlScalarStyle.Plain, tag, old);
        }

        if (scalar.Value == value && (tag == scalar.Tag || (tag == YamlTags.String && IsString(scalar))))
        {
            return scalar;
        }

        return Computed(at, value, by, scalar.Style, tag, scalar.Derivation is { } before && before.By == by ? before.Replaced : scalar);
    }

    /// <summary>Whether a scalar is a string in every reading of YAML.</summary>
    public static bool IsString(YamlScalar scalar) => scalar.Tag == YamlTags.String
        || (scalar.Tag is null && (scalar.Style != YamlScalarStyle.Plain || scalar.Type == YamlScalarType.String));
}
