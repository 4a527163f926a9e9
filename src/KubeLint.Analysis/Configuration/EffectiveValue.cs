using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>A configured value that is in force.</summary>
/// <param name="Path">The keys that lead to it, with dots.</param>
/// <param name="Value">The value as YAML in one line.</param>
/// <param name="Origin">Where it is written; null for a default.</param>
public sealed record EffectiveValue(string Path, string Value, Location? Origin);
