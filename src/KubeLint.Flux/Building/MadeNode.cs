using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Nodes that Flux makes and nobody writes; each stands at the field that asks for it.</summary>
internal static class MadeNode
{
    /// <summary>A string.</summary>
    public static YamlScalar Text(YamlNode at, string value, string by) =>
        new(at.Source, at.Span, value, YamlScalarStyle.Plain, new NodeExtras(YamlTags.String, null, new Derivation(by)));

    /// <summary>A mapping.</summary>
    public static YamlMapping Mapping(YamlNode at, string by, params ReadOnlySpan<(string Key, YamlNode? Value)> entries)
    {
        var builder = System.Collections.Immutable.ImmutableArray.CreateBuilder<YamlEntry>(entries.Length);
        foreach (var (key, value) in entries)
        {
            if (value is not null)
            {
                builder.Add(new YamlEntry(Text(value, key, by), value));
            }
        }

        return new YamlMapping(at.Source, at.Span, builder.ToImmutable(), isFlow: false, new NodeExtras(null, null, new Derivation(by)));
    }

    /// <summary>A sequence.</summary>
    public static YamlSequence Sequence(YamlNode at, string by, IEnumerable<YamlNode> items) =>
        new(at.Source, at.Span, [.. items], isFlow: false, new NodeExtras(null, null, new Derivation(by)));

    /// <summary>The mapping with a key set: in place where it is there, else at the end.</summary>
    public static YamlMapping Set(YamlMapping mapping, string key, YamlNode value, string by)
    {
        for (var i = 0; i < mapping.Entries.Length; i++)
        {
            if (mapping.Entries[i].Name == key)
            {
                return mapping.With(mapping.Entries.SetItem(i, mapping.Entries[i] with { Value = value }));
            }
        }

        return mapping.With(mapping.Entries.Add(new YamlEntry(Text(value, key, by), value)));
    }
}
