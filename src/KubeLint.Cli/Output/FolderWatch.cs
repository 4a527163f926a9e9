namespace KubeLint.Cli;

/// <summary>Tells of changes below a folder on disk.</summary>
internal static class FolderWatch
{
    /// <summary>Starts to watch.</summary>
    /// <param name="folder">The absolute folder.</param>
    /// <param name="changed">Takes the absolute path of what changed; the folder itself where changes were missed. Called from any thread.</param>
    /// <exception cref="UsageException">The system cannot watch the folder.</exception>
    public static IDisposable Start(string folder, Action<string> changed)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Changed += (_, change) => changed(change.FullPath);
            watcher.Created += (_, change) => changed(change.FullPath);
            watcher.Deleted += (_, change) => changed(change.FullPath);
            watcher.Renamed += (_, change) => changed(change.FullPath);
            watcher.Error += (_, _) => changed(folder);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            watcher?.Dispose();
            throw new UsageException($"'{folder}' cannot be watched: {error.Message}");
        }
    }
}
