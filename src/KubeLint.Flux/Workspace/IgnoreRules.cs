using System.Collections.Immutable;
using System.Text;

namespace KubeLint.Flux;

/// <summary>
/// The patterns of one <c>.gitignore</c> and of those above it (https://git-scm.com/docs/gitignore): the last that matches
/// decides, and a deeper file comes after a higher one. Who walks must not enter an ignored directory: nothing in it can
/// be taken back.
/// </summary>
public sealed class IgnoreRules
{
    private readonly string prefix;
    private readonly ImmutableArray<IgnoreRule> rules;
    private readonly IgnoreRules? above;

    private IgnoreRules(string directory, ImmutableArray<IgnoreRule> rules, IgnoreRules? above)
    {
        prefix = directory.EndsWith('/') ? directory : directory + "/";
        this.rules = rules;
        this.above = above;
    }

    /// <summary>Reads patterns.</summary>
    /// <param name="directory">The absolute directory to which they are relative.</param>
    /// <param name="lines">A pattern each, as in a <c>.gitignore</c>.</param>
    /// <param name="above">The patterns of the directories above; null where there are none.</param>
    public static IgnoreRules Create(string directory, IEnumerable<string> lines, IgnoreRules? above = null)
    {
        var rules = ImmutableArray.CreateBuilder<IgnoreRule>();
        foreach (var line in lines)
        {
            if (IgnoreRule.Parse(line) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return new IgnoreRules(directory, rules.ToImmutable(), above);
    }

    /// <summary>Reads the bytes of a <c>.gitignore</c>.</summary>
    public static IgnoreRules Create(string directory, ReadOnlySpan<byte> content, IgnoreRules? above = null) =>
        Create(directory, Encoding.UTF8.GetString(content).TrimStart('\uFEFF').Split('\n'), above);

    /// <summary>Whether an entry is ignored, its directory not being so.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="isDirectory">Whether it is a directory.</param>
    public bool IsIgnored(string path, bool isDirectory)
    {
        for (var level = this; level is not null; level = level.above)
        {
            if (!path.StartsWith(level.prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var relative = path.AsSpan(level.prefix.Length);
            for (var i = level.rules.Length - 1; i >= 0; i--)
            {
                if (level.rules[i].IsMatch(relative, isDirectory))
                {
                    return !level.rules[i].IsNegated;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a file is ignored by the last pattern that matches it or a directory on the way to it, as in Flux's sources: there a pattern may
    /// take back what lies in an ignored directory.
    /// </summary>
    /// <param name="path">Its absolute path.</param>
    public bool IsFileIgnored(string path)
    {
        for (var level = this; level is not null; level = level.above)
        {
            if (!path.StartsWith(level.prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var relative = path.AsSpan(level.prefix.Length);
            for (var i = level.rules.Length - 1; i >= 0; i--)
            {
                if (level.rules[i].IsMatchOnTheWay(relative))
                {
                    return !level.rules[i].IsNegated;
                }
            }
        }

        return false;
    }

    private sealed record IgnoreRule(GlobPattern Glob, bool IsNegated, bool DirectoriesOnly)
    {
        public static IgnoreRule? Parse(string line)
        {
            var text = TrimBlanks(line.TrimEnd('\r'));
            if (text.Length == 0 || text[0] == '#')
            {
                return null;
            }

            var isNegated = text[0] == '!';
            text = isNegated ? text[1..] : text;
            var directoriesOnly = text.EndsWith('/');
            text = directoriesOnly ? text[..^1] : text;
            if (text.Length == 0)
            {
                return null;
            }

            // Without a slash inside, a pattern is for names at any depth.
            var pattern = text.Contains('/', StringComparison.Ordinal) ? text.TrimStart('/') : "**/" + text;
            return new IgnoreRule(new GlobPattern(pattern), isNegated, directoriesOnly);
        }

        public bool IsMatch(ReadOnlySpan<char> path, bool isDirectory) => (isDirectory || !DirectoriesOnly) && Glob.IsMatch(path);

        public bool IsMatchOnTheWay(ReadOnlySpan<char> path)
        {
            for (var i = 0; i < path.Length; i++)
            {
                if (path[i] == '/' && IsMatch(path[..i], isDirectory: true))
                {
                    return true;
                }
            }

            return IsMatch(path, isDirectory: false);
        }

        // Blanks at the end do not count unless a backslash stands before them.
        private static string TrimBlanks(string line)
        {
            var end = line.Length;
            while (end > 0 && line[end - 1] == ' ' && (end < 2 || line[end - 2] != '\\'))
            {
                end--;
            }

            return line[..end];
        }
    }
}
