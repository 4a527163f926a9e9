using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Kustomize.Output;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>
/// What an object loses when kustomize reads it back from JSON after a JSON patch: integers pass through a 64-bit float,
/// and a key without any value is a written null from then on, which a later strategic merge keeps.
/// </summary>
internal static class JsonRoundTrip
{
    private const int ExactDigits = 15;

    /// <summary>The object after the way through JSON; nodes that stay as they are are shared.</summary>
    public static YamlMapping Normalize(YamlMapping item) => (YamlMapping)NormalizeNode(item);

    private static YamlNode NormalizeNode(YamlNode node)
    {
        switch (node.Resolved)
        {
            case YamlMapping mapping:
                ImmutableArray<YamlEntry>.Builder? entries = null;
                for (var i = 0; i < mapping.Entries.Length; i++)
                {
                    var value = NormalizeNode(mapping.Entries[i].Value);
                    if (!ReferenceEquals(value, mapping.Entries[i].Value))
                    {
                        (entries ??= mapping.Entries.ToBuilder())[i] = mapping.Entries[i] with { Value = value };
                    }
                }

                return entries is null ? mapping : mapping.With(entries.MoveToImmutable());
            case YamlSequence sequence:
                ImmutableArray<YamlNode>.Builder? items = null;
                for (var i = 0; i < sequence.Items.Length; i++)
                {
                    var item = NormalizeNode(sequence.Items[i]);
                    if (!ReferenceEquals(item, sequence.Items[i]))
                    {
                        (items ??= sequence.Items.ToBuilder())[i] = item;
                    }
                }

                return items is null ? sequence : sequence.With(items.MoveToImmutable());
            case YamlScalar { Value: "", IsNull: true } scalar:
                return new YamlScalar(scalar.Source, scalar.Span, "null", scalar.Style, new NodeExtras(scalar.Tag, scalar.Anchor, scalar.Derivation));
            case YamlScalar scalar when scalar.Value.Length > ExactDigits && scalar.Type == YamlScalarType.Integer:
                return Rounded(scalar);
            default:
                return node.Resolved;
        }
    }

    private static YamlScalar Rounded(YamlScalar scalar)
    {
        var exact = ScalarResolver.Resolve(scalar).Text;
        var number = double.Parse(exact, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var rounded = GoNumber.TryFormatWhole(number, out var whole) ? whole : GoNumber.FormatFloat(number);
        return rounded == exact
            ? scalar
            : new YamlScalar(scalar.Source, scalar.Span, rounded, extras: new NodeExtras(Derivation: new Derivation("patches", scalar)));
    }
}
