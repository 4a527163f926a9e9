using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Repositories;

/// <summary>The repositories of a session: one for each folder of the editor, and one for each file that is opened outside of all of them.</summary>
/// <param name="disk">Where files are.</param>
/// <param name="builtIn">KubeLint's rules.</param>
internal sealed class RepositoryList(IFileSource disk, ImmutableArray<RuleEntry> builtIn)
{
    private ImmutableArray<Repository> repositories = [];
    private string? configFile;

    /// <summary>The repositories.</summary>
    public ImmutableArray<Repository> All => repositories;

    /// <summary>The repository that a path belongs to, that of the innermost folder; null where there is none.</summary>
    public Repository? Find(string path)
    {
        Repository? best = null;
        foreach (var repository in repositories)
        {
            if (SourcePath.IsWithin(path, repository.Folder) && (best is null || repository.Folder.Length > best.Folder.Length))
            {
                best = repository;
            }
        }

        return best;
    }

    /// <summary>The repository that a path belongs to; without one, the git repository around the file, or its folder.</summary>
    public Repository FindOrAdd(string path)
    {
        if (Find(path) is { } found)
        {
            return found;
        }

        var directory = path[..Math.Max(1, path.LastIndexOf('/'))];
        return Add(Discovery.FindGitRoot(disk, directory) ?? directory);
    }

    /// <summary>Takes a folder in.</summary>
    public Repository Add(string folder)
    {
        foreach (var repository in repositories)
        {
            if (repository.Folder == folder)
            {
                return repository;
            }
        }

        var added = new Repository(folder, configFile, disk, builtIn);
        repositories = repositories.Add(added);
        return added;
    }

    /// <summary>Lets go of a folder; null where it was not there.</summary>
    public Repository? Remove(string folder)
    {
        var index = repositories.ToList().FindIndex(repository => repository.Folder == folder);
        if (index < 0)
        {
            return null;
        }

        var removed = repositories[index];
        repositories = repositories.RemoveAt(index);
        return removed;
    }

    /// <summary>The user chose another configuration.</summary>
    public void SetConfigFile(string? file)
    {
        configFile = file;
        foreach (var repository in repositories)
        {
            repository.SetConfigFile(file);
        }
    }
}
