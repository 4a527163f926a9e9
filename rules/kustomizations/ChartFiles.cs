using KubeLint.Flux;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Files that belong to Helm charts.</summary>
internal static class ChartFiles
{
    /// <summary>Whether a file is of a Helm chart.</summary>
    public static bool Holds(RepositoryModel model, WorkspaceFile file)
    {
        var root = model.Workspace.RepositoryRoot;
        for (var directory = file.Path[..file.Path.LastIndexOf('/')]; directory.Length > root.Length; directory = directory[..directory.LastIndexOf('/')])
        {
            if (model.Workspace.Files.Source.FileExists($"{directory}/Chart.yaml"))
            {
                return true;
            }
        }

        return false;
    }
}
