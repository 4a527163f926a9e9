using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Flux.Tests.Workspaces;

/// <summary>A repository in memory, at /repo.</summary>
internal static class TestFiles
{
    public static OverlayFileSource InMemory(params (string Path, string Content)[] files) =>
        new(files.ToDictionary(file => "/repo/" + file.Path, file => Encoding.UTF8.GetBytes(file.Content), StringComparer.Ordinal));

    public static OverlayFileSource Empty(params string[] paths) => InMemory([.. paths.Select(path => (path, "a: 1\n"))]);

    public static WorkspaceOptions Options(params string[] paths) => new() { BaseDirectory = "/repo", Paths = [.. paths] };

    public static string[] Find(IFileSource source, params string[] paths) => Find(source, Options(paths));

    public static string[] Find(IFileSource source, WorkspaceOptions options) =>
        [.. Discovery.Find(source, options).Files.Select(path => path["/repo/".Length..])];
}

/// <summary>A folder on disk that goes away.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kubelint-").FullName;

    public string Write(string path, string content)
    {
        var full = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return full;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
