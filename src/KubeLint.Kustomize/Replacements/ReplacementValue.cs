using KubeLint.Kustomize.Output;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Replacements;

/// <summary>A value on its way from a replacement's source to its targets.</summary>
/// <param name="Node">The node of the source.</param>
/// <param name="Text">The text of a scalar, or the part of it that is meant; empty for a collection.</param>
internal readonly record struct ReplacementValue(YamlNode Node, string Text)
{
    private const string By = "replacements";

    /// <summary>
    /// What stands in a field's place. A scalar keeps the field's type, so that a number put into a string is a string;
    /// a collection is replaced as a whole.
    /// </summary>
    public YamlNode Over(YamlNode field, ReplacementOptions options)
    {
        var text = Text;
        if (options.Delimiter.Length > 0)
        {
            if (field is not YamlScalar old)
            {
                throw new ReplacementException("The delimiter option can only be used with scalars");
            }

            var parts = old.Value.Split(options.Delimiter).ToList();
            if (options.Index < 0)
            {
                parts.Insert(0, Text);
            }
            else if (options.Index >= parts.Count)
            {
                parts.Add(Text);
            }
            else
            {
                parts[options.Index] = Text;
            }

            text = string.Join(options.Delimiter, parts);
        }

        return field is YamlScalar scalar ? With(text, TypeOf(scalar), scalar) : Whole(text, field);
    }

    /// <summary>A scalar with another text at the value's place.</summary>
    public YamlScalar With(string text, string? tag, YamlNode? replaced) =>
        new(Node.Source, Node.Span, text, YamlScalarStyle.Plain, new NodeExtras(tag, Derivation: new Derivation(By, replaced, [Node])));

    private YamlNode Whole(string text, YamlNode field) => Node is YamlScalar scalar && scalar.Value != text
        ? With(text, TypeOf(scalar), field)
        : Node;

    private static string? TypeOf(YamlScalar scalar)
    {
        // A plain computed scalar without a tag has the type that its text gives it, whatever the text is.
        if (scalar is { Derivation: not null, Tag: null, Style: YamlScalarStyle.Plain })
        {
            return null;
        }

        return scalar.Tag ?? ScalarResolver.Resolve(scalar).Type switch
        {
            YamlScalarType.Integer => YamlTags.Integer,
            YamlScalarType.Float => YamlTags.Float,
            YamlScalarType.Boolean => YamlTags.Boolean,
            YamlScalarType.Null => YamlTags.Null,
            _ => YamlTags.String,
        };
    }
}
