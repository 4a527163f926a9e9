using KubeLint.Yaml;

namespace KubeLint.Flux.Cel;

/// <summary>What is wrong with a CEL expression.</summary>
/// <param name="Message">What is wrong, a clause without a final stop.</param>
/// <param name="Span">Where in the expression; of no length at its end.</param>
public sealed record CelProblem(string Message, TextSpan Span);
