using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Loading;

/// <summary>
/// Puts anchored nodes in the place of aliases, and what merge keys bring in their place. A part of a tree without
/// either is shared.
/// </summary>
internal sealed class Dealiaser(string content)
{
    // Without these characters there is neither an alias nor a merge key: most texts are not walked at all.
    private readonly bool isNeeded = content.Contains('*', StringComparison.Ordinal) || content.Contains("<<", StringComparison.Ordinal);
    private Dictionary<YamlNode, YamlNode>? resolved;

    /// <summary>The tree without aliases and merge keys.</summary>
    public YamlNode Resolve(YamlNode node)
    {
        if (!isNeeded)
        {
            return node;
        }

        return node switch
        {
            YamlAlias alias => Once(alias.Target),
            YamlScalar => node,
            _ => Once(node),
        };
    }

    private YamlNode Once(YamlNode node)
    {
        resolved ??= new(ReferenceEqualityComparer.Instance);
        if (!resolved.TryGetValue(node, out var result))
        {
            result = node switch
            {
                YamlMapping mapping => Resolve(mapping),
                YamlSequence sequence => Resolve(sequence),
                _ => node,
            };
            resolved[node] = result;
        }

        return result;
    }

    private YamlMapping Resolve(YamlMapping mapping)
    {
        var entries = mapping.EffectiveEntries();
        ImmutableArray<YamlEntry>.Builder? changed = null;
        for (var i = 0; i < entries.Length; i++)
        {
            var key = entries[i].Key.Resolved;
            var value = Resolve(entries[i].Value);
            if (!ReferenceEquals(value, entries[i].Value) || !ReferenceEquals(key, entries[i].Key))
            {
                changed ??= entries.ToBuilder();
                changed[i] = new YamlEntry(key, value);
            }
        }

        return changed is null && entries == mapping.Entries ? mapping : mapping.With(changed?.ToImmutable() ?? entries);
    }

    private YamlSequence Resolve(YamlSequence sequence)
    {
        ImmutableArray<YamlNode>.Builder? changed = null;
        for (var i = 0; i < sequence.Items.Length; i++)
        {
            var item = Resolve(sequence.Items[i]);
            if (!ReferenceEquals(item, sequence.Items[i]))
            {
                changed ??= sequence.Items.ToBuilder();
                changed[i] = item;
            }
        }

        return changed is null ? sequence : sequence.With(changed.ToImmutable());
    }
}
