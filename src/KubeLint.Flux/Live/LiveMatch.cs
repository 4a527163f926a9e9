namespace KubeLint.Flux.Live;

/// <summary>Tells which of a repository's clusters a running one is.</summary>
public static class LiveMatch
{
    /// <summary>
    /// The cluster of which the most Flux Kustomizations are there with the same path; the only one where there is one; null where none stands
    /// out.
    /// </summary>
    /// <param name="model">The repository.</param>
    /// <param name="kustomizations">The Flux Kustomizations that the running cluster has.</param>
    public static FluxCluster? Find(RepositoryModel model, IEnumerable<LiveObject> kustomizations)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(kustomizations);
        if (model.Clusters.Length < 2)
        {
            return model.Clusters.IsEmpty ? null : model.Clusters[0];
        }

        var paths = kustomizations.ToDictionary(item => item.Id, item => Normalize(item.Root.Text("spec", "path")));
        var scores = model.Clusters.Select(cluster => (Cluster: cluster, Score: cluster.Kustomizations.Count(item =>
            paths.TryGetValue(item.Id, out var path) && path == Normalize(item.Object.Root.GetString("spec", "path"))))).OrderByDescending(entry => entry.Score).ToList();
        return scores[0].Score > scores[1].Score ? scores[0].Cluster : null;
    }

    private static string Normalize(string? path) => (path ?? "").Trim('/', '.');
}
