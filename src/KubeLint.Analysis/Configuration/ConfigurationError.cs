using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>Something wrong in a configuration file.</summary>
/// <param name="Location">The token at fault.</param>
/// <param name="Message">What is wrong and what was expected; one sentence without a final stop.</param>
public sealed record ConfigurationError(Location Location, string Message);
