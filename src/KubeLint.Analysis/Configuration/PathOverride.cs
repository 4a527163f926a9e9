using System.Collections.Immutable;

using KubeLint.Flux;

namespace KubeLint.Analysis;

/// <summary>Rule settings for some paths only.</summary>
/// <param name="directory">The absolute folder of the configuration file.</param>
/// <param name="paths">The files and folders meant, relative to it.</param>
/// <param name="rules">What holds there.</param>
internal sealed class PathOverride(string directory, IgnoreRules paths, ImmutableArray<RuleSetting> rules)
{
    private readonly string prefix = directory.EndsWith('/') ? directory : directory + "/";

    /// <summary>What holds there.</summary>
    public ImmutableArray<RuleSetting> Rules { get; } = rules;

    /// <summary>Whether the override holds for a file: it, or a folder above it, is meant.</summary>
    /// <param name="path">The absolute path.</param>
    public bool Matches(string path)
    {
        if (!path.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        for (var slash = path.IndexOf('/', prefix.Length); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (paths.IsIgnored(path[..slash], isDirectory: true))
            {
                return true;
            }
        }

        return paths.IsIgnored(path, isDirectory: false);
    }
}
