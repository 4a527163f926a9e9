using System.Text;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Testing;

/// <summary>Repositories in memory, at <c>/repo</c>.</summary>
public static class TestRepository
{
    /// <summary>The absolute directory of the files.</summary>
    public const string Directory = "/repo";

    /// <summary>A source that holds files by relative path, as UTF-8 without a byte order mark.</summary>
    public static OverlayFileSource Source(params (string Path, string Text)[] files) =>
        new(files.ToDictionary(file => $"{Directory}/{file.Path}", file => Encoding.UTF8.GetBytes(file.Text), StringComparer.Ordinal));

    /// <summary>The model of files, objects as written.</summary>
    public static RepositoryModel Load(params (string Path, string Text)[] files) =>
        RepositoryModel.AsWritten(Workspace.Load(Source(files), new WorkspaceOptions { BaseDirectory = Directory }));
}
