using CommandLine;

namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint config</c>.</summary>
[Verb("config", HelpText = "Shows what is configured for a path, and where each value comes from")]
public sealed class ConfigOptions : CommonOptions;
