using KubeLint.Yaml;

namespace KubeLint.Cli;

/// <summary>Writes edited files of a repository: as a whole, with their mode, and only where nobody else wrote meanwhile.</summary>
internal static class RepositoryFile
{
    /// <summary>Why a file must not be written, as where a symbolic link leads out of the repository; null where it may.</summary>
    /// <param name="source">Where files are.</param>
    /// <param name="root">The repository's root.</param>
    /// <param name="path">The absolute path.</param>
    public static string? Refusal(IFileSource source, string root, string path)
    {
        var realRoot = source.RealPath(root).TrimEnd('/') + "/";
        return source.RealPath(path).StartsWith(realRoot, StringComparison.Ordinal) ? null : "the file lies outside of the repository";
    }

    /// <summary>Writes a file.</summary>
    /// <param name="source">Where files are.</param>
    /// <param name="root">The repository's root.</param>
    /// <param name="path">The absolute path.</param>
    /// <param name="before">The bytes that were read.</param>
    /// <param name="after">The bytes to write.</param>
    /// <returns>Why it was not written; null where it was.</returns>
    public static string? Write(IFileSource source, string root, string path, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        // The link that was inside when the files were judged may have been moved since.
        if (Refusal(source, root, path) is { } refusal)
        {
            return refusal;
        }

        try
        {
            return AtomicFile.Replace(source.RealPath(path), before, after) ? null : "it changed since it was read";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}
