using System.Globalization;

using KubeLint.Flux;

namespace KubeLint.Cli;

/// <summary>What was built and what was not, for <c>--verbose</c>.</summary>
internal static class ModelSummary
{
    /// <summary>One line for each cluster, for each Kustomization that is not all known, and for each file that nothing reaches.</summary>
    public static IEnumerable<string> Describe(RepositoryModel model)
    {
        foreach (var cluster in model.Clusters)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"  cluster {cluster.Name}: Flux {cluster.Version}, {cluster.Kustomizations.Length} Kustomizations, {cluster.Releases.Length} HelmReleases, {cluster.Objects().Length} objects");
            foreach (var kustomization in cluster.Kustomizations)
            {
                if (States.Describe(kustomization) is { } state)
                {
                    yield return $"    {kustomization.Id}: {state}";
                }
            }
        }

        foreach (var file in model.UnreachedFiles)
        {
            yield return $"  not reached: {file.File.DisplayPath}: {States.Describe(file)}";
        }
    }
}
