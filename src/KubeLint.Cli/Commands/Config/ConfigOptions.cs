namespace KubeLint.Cli;

/// <summary>The arguments of <c>kubelint config</c>.</summary>
public sealed class ConfigOptions : CommonOptions;
