using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// A model of a repository from which that after a change is made quickly: an editor's. What did not change keeps its trees, builds and
/// objects. Immutable; memory does not grow with the number of changes.
/// </summary>
public sealed class IncrementalModel
{
    private readonly FluxOptions options;
    private readonly BuildMemory memory;

    private IncrementalModel(RepositoryModel model, FluxOptions options, BuildMemory memory)
    {
        Model = model;
        this.options = options;
        this.memory = memory;
    }

    /// <summary>What the repository holds and what its clusters get.</summary>
    public RepositoryModel Model { get; }

    /// <summary>Reads a repository.</summary>
    /// <param name="source">Where the files are.</param>
    /// <param name="asked">What to read.</param>
    /// <param name="options">How the clusters are built.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IncrementalModel Load(IFileSource source, WorkspaceOptions asked, FluxOptions options, CancellationToken cancellationToken = default) =>
        Of(Workspace.Load(source, asked, cancellationToken), options, cancellationToken);

    /// <summary>The repository after the contents of some files changed.</summary>
    /// <param name="source">Where the files are now.</param>
    /// <param name="changed">The absolute paths of the files that differ. None of them came or went: for that, <see cref="Reload"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IncrementalModel Edit(IFileSource source, IReadOnlySet<string> changed, CancellationToken cancellationToken = default)
    {
        var workspace = Model.Workspace.Edit(source, changed, cancellationToken);
        var whole = ReferenceEquals(memory.Whole, Model.Workspace) ? workspace : memory.Whole.Edit(workspace.Files, changed, cancellationToken);
        var next = new BuildMemory(whole, memory, changed, cancellationToken);
        var model = RepositoryModelBuilder.Build(workspace, options, next, cancellationToken);
        next.Forget();
        return new IncrementalModel(model, options, next);
    }

    /// <summary>The repository as it is found anew: files came or went, or other ones are asked for. Only trees of files are kept.</summary>
    /// <param name="source">Where the files are now.</param>
    /// <param name="changed">The absolute paths of the files that differ, came or went.</param>
    /// <param name="asked">What to read; it has the same base directory and limits as before.</param>
    /// <param name="flux">How the clusters are built.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IncrementalModel Reload(
        IFileSource source, IReadOnlySet<string> changed, WorkspaceOptions asked, FluxOptions flux, CancellationToken cancellationToken = default) =>
        Of(Model.Workspace.Reload(source, changed, asked, cancellationToken), flux, cancellationToken);

    private static IncrementalModel Of(Workspace workspace, FluxOptions options, CancellationToken cancellationToken)
    {
        var memory = new BuildMemory(workspace.WholeRepository(cancellationToken), null, ImmutableHashSet<string>.Empty, cancellationToken);
        return new IncrementalModel(RepositoryModelBuilder.Build(workspace, options, memory, cancellationToken), options, memory);
    }
}
