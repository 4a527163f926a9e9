namespace KubeLint.LanguageServer.Tests;

/// <summary>A repository on disk that a test may write to; gone with the test.</summary>
internal sealed class TemporaryRepository : IDisposable
{
    /// <summary>A copy of the small repository of the fixtures.</summary>
    public static TemporaryRepository OfHomeCluster()
    {
        var copy = new TemporaryRepository();
        foreach (var file in Directory.EnumerateFiles(HomeCluster.Path, "*", SearchOption.AllDirectories))
        {
            copy.Write(Path.GetRelativePath(HomeCluster.Path, file), File.ReadAllText(file));
        }

        return copy;
    }

    /// <summary>One of files by path, which is the root of a git repository.</summary>
    public TemporaryRepository(params ReadOnlySpan<(string Path, string Text)> files)
    {
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        foreach (var (path, text) in files)
        {
            Write(path, text);
        }
    }

    /// <summary>The absolute folder.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("kubelint-lsp-").FullName;

    /// <summary>Writes a file.</summary>
    public void Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>A file's text.</summary>
    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Deletes a file.</summary>
    public void Delete(string path) => File.Delete(Path.Combine(Root, path));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}
