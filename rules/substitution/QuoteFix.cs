using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Puts a plain scalar in quotes.</summary>
internal static class QuoteFix
{
    /// <summary>The fix; none where the value stands nowhere as it is, or is shared.</summary>
    public static ImmutableArray<Fix> Of(YamlScalar scalar, FixSafety safety)
    {
        if (scalar is not { Style: YamlScalarStyle.Plain, Derivation: null, Anchor: null, Tag: null } || scalar.Source.Parent is not null || scalar.Value.Contains('"', StringComparison.Ordinal))
        {
            return [];
        }

        return [new Fix("Put it in quotes", safety, [new FileEdit(scalar.Source, [new TextEdit(scalar.Span, $"\"{scalar.Value}\"")])])];
    }

    /// <summary>What a value of a built object is, in words; null for a string and for null. kustomize puts a word such as <c>yes</c> in quotes.</summary>
    public static string? BuiltTypeName(YamlNode node) => node is YamlScalar { IsWordForBoolean: true } ? null : TypeName(node);

    /// <summary>What YAML takes a plain scalar for, in words; null for a string and for null.</summary>
    public static string? TypeName(YamlNode node) => node switch
    {
        YamlScalar { Type: YamlScalarType.Boolean } => "a boolean",
        YamlScalar { Type: YamlScalarType.Integer or YamlScalarType.Float } => "a number",
        YamlMapping => "a mapping",
        YamlSequence => "a list",
        _ => null,
    };
}
