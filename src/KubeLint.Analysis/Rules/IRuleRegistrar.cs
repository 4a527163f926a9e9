namespace KubeLint.Analysis;

/// <summary>
/// Takes what a rule wants to see. What nobody asks for is not built: with only rules over files and documents, no
/// kustomization is built.
/// </summary>
public interface IRuleRegistrar
{
    /// <summary>Each YAML file as it stands, broken ones included.</summary>
    void File(Action<FileContext> run);

    /// <summary>Each YAML document as it stands, whatever it is.</summary>
    void Document(Action<DocumentContext> run);

    /// <summary>Each object as a cluster gets it.</summary>
    void Object(Action<ObjectContext> run);

    /// <summary>Each object of a kind, of any version, as a cluster gets it.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="run">What to call.</param>
    void Object(string group, string kind, Action<ObjectContext> run);

    /// <summary>Each container image of the objects, and of the kustomization files as they are written.</summary>
    void Image(Action<ImageContext> run);

    /// <summary>Each Flux Kustomization of each cluster, built.</summary>
    void Kustomization(Action<KustomizationContext> run);

    /// <summary>Each HelmRelease of each cluster, with its chart and its merged values.</summary>
    void HelmRelease(Action<HelmReleaseContext> run);

    /// <summary>Each cluster, once: its Kustomizations, releases and objects.</summary>
    void Graph(Action<GraphContext> run);

    /// <summary>
    /// Each cluster as it was at a revision and as it is now, and so the files that no entry point reaches. Called only where a run
    /// compares with a revision; the rule's descriptor says <see cref="RuleDescriptor.NeedsRevision"/>.
    /// </summary>
    void Change(Action<ChangeContext> run);

    /// <summary>The whole repository with all objects, once.</summary>
    void Repository(Action<RepositoryContext> run);

    /// <summary>A running cluster beside what the repository makes of it, once; only where a run looks at one.</summary>
    void Live(Action<LiveContext> run);
}
