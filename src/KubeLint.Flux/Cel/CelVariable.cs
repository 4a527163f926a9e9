using KubeLint.Yaml;

namespace KubeLint.Flux.Cel;

/// <summary>A variable that a CEL expression reads and does not define.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Span">Where in the expression.</param>
public readonly record struct CelVariable(string Name, TextSpan Span);
