using KubeLint.Yaml;

namespace KubeLint.Kustomize.Output;

/// <summary>What kustomize takes a scalar for, and the text in which it prints it.</summary>
/// <param name="Type">The type.</param>
/// <param name="Text">A string's value; the canonical text of any other (<c>15</c> for <c>0o17</c>, <c>1e+21</c>, <c>null</c>).</param>
/// <param name="Problem">Why kustomize cannot print it, such as <c>!!int</c> before a word; null where it can.</param>
public readonly record struct ResolvedScalar(YamlScalarType Type, string Text, string? Problem = null);
