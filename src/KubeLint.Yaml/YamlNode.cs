using System.Collections.Immutable;

namespace KubeLint.Yaml;

/// <summary>What a node is.</summary>
public enum YamlNodeKind
{
    /// <summary>A <see cref="YamlScalar"/>.</summary>
    Scalar,

    /// <summary>A <see cref="YamlMapping"/>.</summary>
    Mapping,

    /// <summary>A <see cref="YamlSequence"/>.</summary>
    Sequence,

    /// <summary>A <see cref="YamlAlias"/>.</summary>
    Alias,
}

/// <summary>
/// A node of a positioned YAML tree. Nodes are immutable and carry the place that they came from, so a tree made of
/// nodes of several files (a kustomize build, merged values) still knows the file and offsets of each of them.
/// </summary>
public abstract class YamlNode
{
    private readonly int start;
    private readonly int length;
    private readonly NodeExtras? extras;

    private protected YamlNode(SourceText source, TextSpan span, NodeExtras? extras)
    {
        Source = source;
        start = span.Start;
        length = span.Length;
        this.extras = extras;
    }

    /// <summary>What the node is.</summary>
    public abstract YamlNodeKind Kind { get; }

    /// <summary>The text that <see cref="Span"/> refers to: a file's, or one inside a scalar.</summary>
    public SourceText Source { get; }

    /// <summary>The node's own range in <see cref="Source"/>, without its anchor and tag.</summary>
    public TextSpan Span => new(start, length);

    /// <summary>The tag as written (<c>!!str</c> as <c>tag:yaml.org,2002:str</c>); null where there is none.</summary>
    public string? Tag => extras?.Tag;

    /// <summary>The anchor's name; null where there is none.</summary>
    public string? Anchor => extras?.Anchor;

    /// <summary>How the node was computed, where no person wrote it as it stands; null for a node as written.</summary>
    public Derivation? Derivation => extras?.Derivation;

    /// <summary>Whether the files do not tell the node's value: it must not be judged. See <see cref="Derivation.IsUnknown"/>.</summary>
    public bool IsUnknown => extras?.Derivation is { IsUnknown: true };

    /// <summary>The node's place in the file, through however many texts inside scalars.</summary>
    public Location Location => Source.Locate(Span);

    /// <summary>The node that is meant: an alias gives its target, any other node itself.</summary>
    public virtual YamlNode Resolved => this;

    /// <summary>The node as a mapping, aliases followed; null where it is none.</summary>
    public YamlMapping? AsMapping() => Resolved as YamlMapping;

    /// <summary>The node as a sequence, aliases followed; null where it is none.</summary>
    public YamlSequence? AsSequence() => Resolved as YamlSequence;

    /// <summary>The node as a scalar, aliases followed; null where it is none.</summary>
    public YamlScalar? AsScalar() => Resolved as YamlScalar;

    /// <summary>The node below a path of mapping keys, aliases and merge keys followed; null where there is none.</summary>
    public YamlNode? Get(params ReadOnlySpan<string> path)
    {
        var node = Resolved;
        foreach (var key in path)
        {
            if (node is not YamlMapping mapping || mapping.Find(key) is not { } entry)
            {
                return null;
            }

            node = entry.Value.Resolved;
        }

        return node;
    }

    /// <summary>The string below a path of mapping keys; null where there is none, or no scalar, or YAML's null.</summary>
    public string? GetString(params ReadOnlySpan<string> path) =>
        Get(path) is YamlScalar { IsNull: false } scalar ? scalar.Value : null;

    private protected NodeExtras? Extras => extras;
}

/// <summary>
/// How a node came to be that no one wrote as it stands (a prefixed name, a substituted value, a generated hash). The
/// node's own position is that of the field that made it.
/// </summary>
/// <param name="By">What made it, in the field's words: <c>namePrefix</c>, <c>configMapGenerator</c>, <c>replacements</c>, <c>postBuild</c> …</param>
/// <param name="Replaced">The node that stood there before; null where there was none.</param>
/// <param name="Inputs">Further nodes that went into it, for instance the definition of a variable.</param>
public sealed record Derivation(string By, YamlNode? Replaced, ImmutableArray<YamlNode> Inputs)
{
    /// <summary>A derivation without further inputs.</summary>
    public Derivation(string by, YamlNode? replaced = null)
        : this(by, replaced, [])
    {
    }

    /// <summary>
    /// Whether the node stands for a value that the files do not tell (an encrypted variable, an object made elsewhere).
    /// What it holds is then what was written, and must not be judged.
    /// </summary>
    public bool IsUnknown { get; init; }
}

/// <summary>The rarely present properties of a node, kept apart so that a plain node stays small.</summary>
/// <param name="Tag">The tag as written.</param>
/// <param name="Anchor">The anchor's name.</param>
/// <param name="Derivation">How the node was computed.</param>
public sealed record NodeExtras(string? Tag = null, string? Anchor = null, Derivation? Derivation = null);

/// <summary>An alias (<c>*name</c>): a place of its own, standing for the anchored node.</summary>
public sealed class YamlAlias : YamlNode
{
    /// <summary>An alias.</summary>
    public YamlAlias(SourceText source, TextSpan span, string name, YamlNode target)
        : base(source, span, null)
    {
        Name = name;
        Target = target;
    }

    /// <inheritdoc/>
    public override YamlNodeKind Kind => YamlNodeKind.Alias;

    /// <summary>The anchor's name.</summary>
    public string Name { get; }

    /// <summary>The anchored node; never an alias itself.</summary>
    public YamlNode Target { get; }

    /// <inheritdoc/>
    public override YamlNode Resolved => Target;
}

/// <summary>A sequence.</summary>
public sealed class YamlSequence : YamlNode
{
    /// <summary>A sequence.</summary>
    public YamlSequence(SourceText source, TextSpan span, ImmutableArray<YamlNode> items, bool isFlow = false, NodeExtras? extras = null)
        : base(source, span, extras)
    {
        Items = items;
        IsFlow = isFlow;
    }

    /// <inheritdoc/>
    public override YamlNodeKind Kind => YamlNodeKind.Sequence;

    /// <summary>The items as written, aliases included.</summary>
    public ImmutableArray<YamlNode> Items { get; }

    /// <summary>Whether it is written <c>[a, b]</c>.</summary>
    public bool IsFlow { get; }

    /// <summary>This sequence with other items; place, tag and anchor stay.</summary>
    public YamlSequence With(ImmutableArray<YamlNode> items) => new(Source, Span, items, IsFlow, Extras);
}

/// <summary>A key and its value in a mapping.</summary>
/// <param name="Key">The key; its own span covers the key only.</param>
/// <param name="Value">The value as written; an alias is kept.</param>
public readonly record struct YamlEntry(YamlNode Key, YamlNode Value)
{
    /// <summary>The key's text; null for a key that is no scalar.</summary>
    public string? Name => (Key.Resolved as YamlScalar)?.Value;

    /// <summary>Whether this is a merge key (<c>&lt;&lt;</c>, plain and without a tag, or tagged <c>!!merge</c>).</summary>
    public bool IsMerge => Key is YamlScalar { Value: "<<" } key
        && (key.Tag is { } tag ? tag == YamlTags.Merge : key.Style == YamlScalarStyle.Plain);
}

/// <summary>A mapping. Entries keep their order.</summary>
public sealed class YamlMapping : YamlNode
{
    // Asked at each look at the entries, and rare.
    private readonly bool hasMerge;

    /// <summary>A mapping.</summary>
    public YamlMapping(SourceText source, TextSpan span, ImmutableArray<YamlEntry> entries, bool isFlow = false, NodeExtras? extras = null)
        : base(source, span, extras)
    {
        Entries = entries;
        IsFlow = isFlow;
        foreach (var entry in entries)
        {
            hasMerge |= entry.IsMerge;
        }
    }

    /// <inheritdoc/>
    public override YamlNodeKind Kind => YamlNodeKind.Mapping;

    /// <summary>The entries as written: merge keys are entries, their content is not.</summary>
    public ImmutableArray<YamlEntry> Entries { get; }

    /// <summary>Whether it is written <c>{a: b}</c>.</summary>
    public bool IsFlow { get; }

    /// <summary>The value of a key, aliases and merge keys followed; null where there is none.</summary>
    public YamlNode? this[string key] => Find(key)?.Value.Resolved;

    /// <summary>The entry of a key: the last of its own, else what merge keys bring; null where there is none.</summary>
    public YamlEntry? Find(string key)
    {
        // Backwards: of two equal keys the later counts, as in every decoder that accepts them.
        for (var i = Entries.Length - 1; i >= 0; i--)
        {
            var entry = Entries[i];
            if (entry.Name == key && !(hasMerge && entry.IsMerge))
            {
                return entry;
            }
        }

        return hasMerge ? FindMerged(key) : null;
    }

    /// <summary>Whether a key is there.</summary>
    public bool ContainsKey(string key) => Find(key) is not null;

    /// <summary>The entries that count: merge keys replaced by what they bring (https://yaml.org/type/merge.html), own keys first.</summary>
    public ImmutableArray<YamlEntry> EffectiveEntries() => hasMerge ? WithMerged() : Entries;

    /// <summary>This mapping with other entries; place, tag and anchor stay.</summary>
    public YamlMapping With(ImmutableArray<YamlEntry> entries) => new(Source, Span, entries, IsFlow, Extras);

    private ImmutableArray<YamlEntry> WithMerged()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var result = ImmutableArray.CreateBuilder<YamlEntry>();
        foreach (var entry in Entries)
        {
            if (!entry.IsMerge && (entry.Name is not { } name || seen.Add(name)))
            {
                result.Add(entry);
            }
        }

        foreach (var merged in MergedMappings())
        {
            result.AddRange(merged.EffectiveEntries().Where(entry => entry.Name is not { } name || seen.Add(name)));
        }

        return result.ToImmutable();
    }

    private YamlEntry? FindMerged(string key)
    {
        foreach (var merged in MergedMappings())
        {
            if (merged.Find(key) is { } entry)
            {
                return entry;
            }
        }

        return null;
    }

    private IEnumerable<YamlMapping> MergedMappings()
    {
        foreach (var entry in Entries)
        {
            if (!entry.IsMerge)
            {
                continue;
            }

            if (entry.Value.AsMapping() is { } mapping)
            {
                yield return mapping;
            }
            else if (entry.Value.AsSequence() is { } sequence)
            {
                foreach (var item in sequence.Items)
                {
                    if (item.AsMapping() is { } one)
                    {
                        yield return one;
                    }
                }
            }
        }
    }
}
