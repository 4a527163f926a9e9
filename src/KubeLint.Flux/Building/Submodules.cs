using System.Collections.Immutable;
using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>The directories of a repository whose files belong to other repositories, and need not be checked out (https://git-scm.com/docs/gitmodules).</summary>
public sealed class Submodules
{
    private const long MaxFileBytes = 1024 * 1024;

    private readonly ImmutableArray<string> directories;

    private Submodules(ImmutableArray<string> directories) => this.directories = directories;

    /// <summary>The submodules of a repository.</summary>
    /// <param name="source">The files.</param>
    /// <param name="root">The repository's absolute root.</param>
    public static Submodules Of(IFileSource source, string root)
    {
        var file = $"{root}/.gitmodules";
        try
        {
            if (!source.FileExists(file))
            {
                return new Submodules([]);
            }

            using var content = source.Read(file, MaxFileBytes);
            var found = ImmutableArray.CreateBuilder<string>();
            foreach (var line in Encoding.UTF8.GetString(content.IsTooLong ? [] : content.Bytes).Split('\n'))
            {
                if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && line[..equals].Trim() == "path")
                {
                    found.Add(SourcePath.Join(root, line[(equals + 1)..].Trim().Trim('"')));
                }
            }

            return new Submodules(found.ToImmutable());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Submodules([]);
        }
    }

    /// <summary>Whether a path is that of a submodule, or lies below it.</summary>
    /// <param name="path">The absolute path.</param>
    public bool Holds(string path) => directories.Any(directory => SourcePath.IsWithin(path, directory));
}
