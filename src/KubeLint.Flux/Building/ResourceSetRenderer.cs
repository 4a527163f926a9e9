using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// Renders ResourceSets whose inputs stand in the object itself (https://fluxoperator.dev/docs/crd/resourceset/). Only plain references to inputs
/// are understood; a set that asks for more is an unknown producer.
/// </summary>
internal static class ResourceSetRenderer
{
    private const string By = "ResourceSet";
    private const string Open = "<<";
    private const string Close = ">>";

    /// <summary>The objects that a ResourceSet makes; null where they are not known.</summary>
    public static List<YamlMapping>? Render(KubernetesObject set)
    {
        if (set.Spec is not { } spec || spec["inputsFrom"]?.AsSequence() is { Items.IsEmpty: false })
        {
            return null;
        }

        var inputs = spec["inputs"]?.AsSequence()?.Items.Select(item => item.AsMapping()).ToList() ?? [];
        if (inputs.Count == 0)
        {
            inputs.Add(null);
        }

        var common = spec["commonMetadata"]?.AsMapping();
        var result = new List<YamlMapping>();
        var seen = new HashSet<ObjectId>();
        foreach (var input in inputs)
        {
            foreach (var template in Templates(spec))
            {
                // Several inputs that make one object make it once.
                if (Render(template, input) is not YamlMapping made || KubernetesObject.From(made) is not { } item)
                {
                    return null;
                }

                if (seen.Add(item.Id))
                {
                    result.Add(common is null ? made : CommonMetadata.Apply(made, common));
                }
            }
        }

        return result;
    }

    private static IEnumerable<YamlNode> Templates(YamlMapping spec)
    {
        foreach (var item in spec["resources"]?.AsSequence()?.Items ?? [])
        {
            yield return item.Resolved;
        }

        if (spec["resourcesTemplate"] is YamlScalar { IsNull: false } text)
        {
            foreach (var document in YamlParser.Parse(text.EmbeddedText()).Documents)
            {
                if (document.Root is { } root)
                {
                    yield return root;
                }
            }
        }
    }

    // Null: an expression that is not understood.
    private static YamlNode? Render(YamlNode node, YamlMapping? input)
    {
        switch (node.Resolved)
        {
            case YamlScalar scalar:
                return scalar.Value.Contains(Open, StringComparison.Ordinal) ? Render(scalar, input) : scalar;
            case YamlSequence sequence:
                var items = ImmutableArray.CreateBuilder<YamlNode>(sequence.Items.Length);
                foreach (var item in sequence.Items)
                {
                    if (Render(item, input) is not { } made)
                    {
                        return null;
                    }

                    items.Add(made);
                }

                return sequence.With(items.MoveToImmutable());
            case YamlMapping mapping:
                var entries = ImmutableArray.CreateBuilder<YamlEntry>();
                foreach (var entry in mapping.EffectiveEntries())
                {
                    if (Render(entry.Key, input) is not { } key || Render(entry.Value, input) is not { } value)
                    {
                        return null;
                    }

                    entries.Add(new YamlEntry(key, value));
                }

                return mapping.With(entries.ToImmutable());
            default:
                return node;
        }
    }

    private static YamlScalar? Render(YamlScalar scalar, YamlMapping? input)
    {
        var text = scalar.EmbeddedText();
        var builder = new DerivedTextBuilder(text);
        var used = ImmutableArray.CreateBuilder<YamlNode>();
        var position = 0;
        var value = scalar.Value;
        while (value.IndexOf(Open, position, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = value.IndexOf(Close, start, StringComparison.Ordinal);
            if (end < 0 || Find(value[(start + Open.Length)..end], input) is not { } found)
            {
                return null;
            }

            builder.Copy(TextSpan.FromBounds(position, start));
            position = end + Close.Length;
            builder.Replace(TextSpan.FromBounds(start, position), found.Value);
            used.Add(found);
        }

        builder.Copy(TextSpan.FromBounds(position, value.Length));
        var made = builder.Build();
        return new YamlScalar(
            made, new TextSpan(0, made.Content.Length), made.Content, scalar.Style, new NodeExtras(scalar.Tag, null, new Derivation(By, scalar, used.ToImmutable())));
    }

    private static YamlScalar? Find(string expression, YamlMapping? input)
    {
        const string Inputs = "inputs.";
        var parts = expression.Split('|', StringSplitOptions.TrimEntries);
        if (parts.Length > 2 || (parts.Length == 2 && parts[1] != "quote") || !parts[0].StartsWith(Inputs, StringComparison.Ordinal))
        {
            return null;
        }

        return input?.Get(parts[0][Inputs.Length..].Split('.')) as YamlScalar;
    }
}
