using System.Collections.Immutable;

using KubeLint.Kustomize.Output;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Patching;

/// <summary>
/// Values of JSON patches. kustomize reads them with sigs.k8s.io/yaml, that is as YAML 1.1 (<c>yes</c> is true, keys
/// become strings), unlike the objects themselves.
/// </summary>
internal static class PatchValue
{
    /// <summary>The value as it will be in the object: the same nodes, but for those that YAML 1.1 reads in another way.</summary>
    public static YamlNode Read(YamlNode node)
    {
        switch (node.Resolved)
        {
            case YamlScalar scalar:
                return ReadScalar(scalar);
            case YamlSequence sequence:
                var items = ImmutableArray.CreateBuilder<YamlNode>(sequence.Items.Length);
                var isSame = true;
                foreach (var item in sequence.Items)
                {
                    var read = Read(item);
                    isSame &= ReferenceEquals(read, item);
                    items.Add(read);
                }

                return isSame ? sequence : sequence.With(items.MoveToImmutable());
            case YamlMapping mapping:
                return ReadMapping(mapping);
            default:
                return node;
        }
    }

    /// <summary>Whether both stand for one JSON value; null for one is JSON's null.</summary>
    public static bool AreEqual(YamlNode? left, YamlNode? right)
    {
        switch (left?.Resolved, right?.Resolved)
        {
            case (YamlMapping a, YamlMapping b):
                var entries = a.EffectiveEntries().ToList();
                return entries.Count == b.EffectiveEntries().Length
                    && entries.TrueForAll(entry => entry.Name is { } name && b.Find(name) is { } other && AreEqual(entry.Value, other.Value));
            case (YamlSequence a, YamlSequence b):
                return a.Items.Length == b.Items.Length && a.Items.Zip(b.Items).All(pair => AreEqual(pair.First, pair.Second));
            case (YamlScalar or null, YamlScalar or null):
                return Scalar(left) == Scalar(right);
            default:
                return false;
        }
    }

    private static (YamlScalarType Type, string Text) Scalar(YamlNode? node) =>
        node?.Resolved is YamlScalar scalar && ScalarResolver.Resolve(scalar) is var resolved
            ? (resolved.Type, resolved.Text)
            : (YamlScalarType.Null, "null");

    private static YamlMapping ReadMapping(YamlMapping mapping)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>(mapping.Entries.Length);
        var isSame = true;
        foreach (var entry in mapping.EffectiveEntries())
        {
            var read = new YamlEntry(ReadKey(entry.Key), Read(entry.Value));
            isSame &= ReferenceEquals(read.Key, entry.Key) && ReferenceEquals(read.Value, entry.Value);
            entries.Add(read);
        }

        return isSame && entries.Count == mapping.Entries.Length ? mapping : mapping.With(entries.DrainToImmutable());
    }

    private static YamlScalar ReadKey(YamlNode key)
    {
        if (key.Resolved is not YamlScalar scalar || scalar.IsNull)
        {
            throw new PatchException(key, "A key must be a string, a number or a boolean");
        }

        if (scalar.Type == YamlScalarType.String)
        {
            return scalar;
        }

        var text = scalar.AsBoolean() is { } boolean ? (boolean ? "true" : "false") : ScalarResolver.Resolve(scalar).Text;
        return Retyped(scalar, text, YamlTags.String);
    }

    private static YamlScalar ReadScalar(YamlScalar scalar)
    {
        if (scalar.AsBoolean() is { } boolean)
        {
            var text = boolean ? "true" : "false";
            return ScalarResolver.Resolve(scalar).Text == text && scalar.Tag is null ? scalar : Retyped(scalar, text, YamlTags.Boolean);
        }

        // A timestamp stays the text that it is.
        return scalar is { Tag: null, Type: YamlScalarType.String } && ScalarResolver.Resolve(scalar).Text != scalar.Value
            ? Retyped(scalar, scalar.Value, YamlTags.String)
            : scalar;
    }

    private static YamlScalar Retyped(YamlScalar scalar, string value, string tag) =>
        new(scalar.Source, scalar.Span, value, scalar.Style, new NodeExtras(tag, scalar.Anchor, scalar.Derivation));
}
