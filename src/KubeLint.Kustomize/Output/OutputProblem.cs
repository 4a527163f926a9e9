using KubeLint.Yaml;

namespace KubeLint.Kustomize.Output;

/// <summary>A node that kustomize cannot print, so that its build fails.</summary>
/// <param name="Node">The node.</param>
/// <param name="Message">What is wrong with it, a sentence without a final stop.</param>
public sealed record OutputProblem(YamlNode Node, string Message);
