using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Replacements;

/// <summary>
/// Replaces all fields that a path means (kyaml's PathMatcher): keys, indexes, <c>*</c> for every element, and
/// <c>[key=value]</c>, where the value is a regular expression that may match anywhere.
/// </summary>
/// <param name="value">The value.</param>
/// <param name="options">How it is set.</param>
internal sealed class TargetFields(ReplacementValue value, ReplacementOptions options)
{
    /// <summary>How many fields were found.</summary>
    public int Count { get; private set; }

    /// <summary>The tree with the fields replaced; what is not touched is shared.</summary>
    /// <exception cref="ReplacementException">The path does not fit the object.</exception>
    public YamlNode Replace(YamlNode node, ImmutableArray<string> path, int step = 0)
    {
        if (step == path.Length)
        {
            return Match(node);
        }

        var part = path[step];
        if (int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) && index >= 0)
        {
            return ReplaceAt(node, path, step, index);
        }

        if (ElementCondition.Is(part))
        {
            return ReplaceWhere(node, path, step);
        }

        if (part == "*")
        {
            var sequence = Sequence(node, part);
            return sequence is null ? node : Each(sequence, _ => true, item => Replace(item, path, step + 1));
        }

        return ReplaceField(node, path, step);
    }

    private YamlNode Match(YamlNode node)
    {
        Count++;
        return value.Over(node, options);
    }

    private YamlNode ReplaceField(YamlNode node, ImmutableArray<string> path, int step)
    {
        if (node is not YamlMapping mapping)
        {
            return node is YamlScalar { IsNull: true } ? node : throw new ReplacementException($"There is no mapping in which '{path[step]}' could be a key");
        }

        var name = path[step];
        var index = Tree.IndexOf(mapping, name);
        if (index < 0)
        {
            return options.Creates ? Tree.Add(mapping, name, Create(path, step + 1), "replacements") : mapping;
        }

        var field = mapping.Entries[index].Value;
        if (field is YamlScalar text && step + 1 < path.Length)
        {
            // kustomize finds the field in a copy of what the text says, and so sets nothing.
            Count += new TargetFields(value, options).CountIn(StructuredText.Parse(text), path, step + 1);
            return mapping;
        }

        var after = Replace(field, path, step + 1);
        return ReferenceEquals(field, after) ? mapping : Tree.ReplaceAt(mapping, index, after);
    }

    private int CountIn(YamlNode node, ImmutableArray<string> path, int step)
    {
        Replace(node, path, step);
        return Count;
    }

    private YamlSequence ReplaceAt(YamlNode node, ImmutableArray<string> path, int step, int index)
    {
        var sequence = Sequence(node, path[step]);
        var count = sequence?.Items.Length ?? 0;
        if (index == count && options.Creates && sequence is not null)
        {
            return sequence.With(sequence.Items.Add(Create(path, step + 1)));
        }

        if (sequence is null || index >= count)
        {
            throw new ReplacementException($"The index {index} is given, but only {count} elements are there");
        }

        var after = Replace(sequence.Items[index], path, step + 1);
        return ReferenceEquals(after, sequence.Items[index]) ? sequence : sequence.With(sequence.Items.SetItem(index, after));
    }

    private YamlNode ReplaceWhere(YamlNode node, ImmutableArray<string> path, int step)
    {
        var (key, pattern) = ElementCondition.Split(path[step]);
        var sequence = Sequence(node, path[step]);
        if (sequence is null)
        {
            return node;
        }

        var regex = Compile(pattern);
        var before = Count;
        // Behind a scalar's own value the rest of a path is not read.
        var result = key.Length == 0
            ? Each(sequence, item => item is YamlScalar scalar && regex.IsMatch(AsWritten(scalar)), Match)
            : Each(
                sequence,
                item => item is YamlMapping element && Tree.Get(element, key) is YamlScalar field && regex.IsMatch(AsWritten(field)),
                item => Replace(item, path, step + 1));
        if (Count > before || !options.Creates)
        {
            return result;
        }

        var made = value.With(pattern, null, null);
        var added = key.Length == 0
            ? Match(made)
            : Replace(Tree.Add(Tree.ComputedMapping(value.Node, "replacements", []), key, made, "replacements"), path, step + 1);
        return sequence.With(sequence.Items.Add(added));
    }

    // What is made of the rest of a path where nothing is there.
    private YamlNode Create(ImmutableArray<string> path, int step)
    {
        if (step == path.Length)
        {
            Count++;
            return value.Over(value.Node is YamlScalar ? value.With(string.Empty, null, null) : value.Node, options);
        }

        var isList = ElementCondition.Is(path[step]) || int.TryParse(path[step], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        YamlNode empty = isList
            ? new YamlSequence(value.Node.Source, value.Node.Span, [], isFlow: false, new NodeExtras(Derivation: new Derivation("replacements")))
            : Tree.ComputedMapping(value.Node, "replacements", []);
        return Replace(empty, path, step);
    }

    private static YamlSequence Each(YamlSequence sequence, Func<YamlNode, bool> isMeant, Func<YamlNode, YamlNode> replace)
    {
        ImmutableArray<YamlNode>.Builder? edited = null;
        for (var i = 0; i < sequence.Items.Length; i++)
        {
            var item = sequence.Items[i];
            if (isMeant(item) && replace(item) is var after && !ReferenceEquals(after, item))
            {
                (edited ??= sequence.Items.ToBuilder())[i] = after;
            }
        }

        return edited is null ? sequence : sequence.With(edited.MoveToImmutable());
    }

    private static YamlSequence? Sequence(YamlNode node, string part) => node switch
    {
        YamlSequence sequence => sequence,
        YamlScalar { IsNull: true } => null,
        _ => throw new ReplacementException($"There is no list at the place of '{part}'"),
    };

    // The expression is matched against the text as YAML writes it, quotes included.
    private static string AsWritten(YamlScalar scalar) => scalar.Style switch
    {
        YamlScalarStyle.SingleQuoted => $"'{scalar.Value}'",
        YamlScalarStyle.DoubleQuoted => $"\"{scalar.Value}\"",
        _ => scalar.Value.Trim(),
    };

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern.Replace("(?P<", "(?<", StringComparison.Ordinal), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new ReplacementException($"'{pattern}' is no regular expression: {error.Message}");
        }
    }
}
