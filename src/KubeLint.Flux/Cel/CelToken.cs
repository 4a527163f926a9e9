using KubeLint.Yaml;

namespace KubeLint.Flux.Cel;

internal enum CelTokenKind
{
    End,
    Identifier,
    Literal,
    Operator,
    Invalid,
}

/// <summary>A token of a CEL expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">An identifier or operator as written; what is wrong with an invalid one.</param>
/// <param name="Span">Where.</param>
internal readonly record struct CelToken(CelTokenKind Kind, string Text, TextSpan Span)
{
    public bool Is(string text) => Kind == CelTokenKind.Operator && Text == text;
}
