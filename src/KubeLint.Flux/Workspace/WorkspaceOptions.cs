using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>What to lint.</summary>
public sealed record WorkspaceOptions
{
    /// <summary>The absolute directory to which <see cref="Paths"/> and shown paths are relative.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>Files, directories or globs (<c>kubernetes/**/ks.yaml</c>).</summary>
    public ImmutableArray<string> Paths { get; init; } = ["."];

    /// <summary>What is left out, as patterns of a <c>.gitignore</c> in <see cref="ExcludeDirectory"/>. They hold for files named in <see cref="Paths"/>, too.</summary>
    public ImmutableArray<string> Exclude { get; init; } = [];

    /// <summary>The absolute directory to which <see cref="Exclude"/> is relative: that of the configuration; the base directory where it is null.</summary>
    public string? ExcludeDirectory { get; init; }

    /// <summary>Whether <c>.gitignore</c> files are respected. A file named in <see cref="Paths"/> is taken even if ignored.</summary>
    public bool RespectGitIgnore { get; init; } = true;

    /// <summary>What a file may cost.</summary>
    public YamlLimits Limits { get; init; } = YamlLimits.Default;
}

/// <summary>Something that the user should know, but that is no finding: a directory that cannot be read, a template left alone.</summary>
/// <param name="Path">The path to show.</param>
/// <param name="Message">What is the case, a sentence without a final stop.</param>
public sealed record WorkspaceNote(string Path, string Message);

/// <summary>A path that was asked for and leads nowhere: wrong use.</summary>
/// <param name="Path">The path as given.</param>
/// <param name="Message">What is wrong and what was probably meant, a sentence without a final stop.</param>
public sealed record WorkspaceError(string Path, string Message);
