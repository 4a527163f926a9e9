using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Schema;
using KubeLint.Yaml;

namespace KubeLint.Kustomize;

/// <summary>What the parts of one build share: the files, the problems met so far, what was left out.</summary>
internal sealed class BuildContext(YamlFileCache files, ResourceLoader loader, CancellationToken cancellationToken)
{
    private readonly List<KustomizeProblem> problems = [];
    private HashSet<(KustomizeProblemKind Kind, Location Where, string Message)>? seen;

    /// <summary>The files.</summary>
    public YamlFileCache Files { get; } = files;

    /// <summary>Reads resources, each file once.</summary>
    public ResourceLoader Loader { get; } = loader;

    /// <summary>Ends the build.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What is wrong so far.</summary>
    public IReadOnlyList<KustomizeProblem> Problems => problems;

    /// <summary>The files read so far.</summary>
    public List<KustomizeInput> Inputs { get; } = [];

    /// <summary>What the targets of patches selected so far.</summary>
    public List<PatchSelection> Selections { get; } = [];

    /// <summary>Whether something was left out, so that what depends on it cannot be judged.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>Whether a resource has been read.</summary>
    public bool HasResources { get; set; }

    /// <summary>Which lists strategic merges merge: what the first kustomization with <c>openapi</c> says.</summary>
    public KubernetesSchema Schema { get; set; } = KubernetesSchema.BuiltIn;

    /// <summary>Records that a kustomization includes a file, and notes where that lies outside of the repository.</summary>
    /// <param name="path">The file or directory, absolute.</param>
    /// <param name="kustomization">The kustomization.</param>
    /// <param name="at">The node that names the path.</param>
    public void Read(string path, KustomizationFile kustomization, YamlNode at)
    {
        Inputs.Add(new KustomizeInput(path, kustomization.Path, at));
        NoteOutside(path, at);
    }

    /// <summary>Notes a path outside of the repository: Flux sees no files there.</summary>
    public void NoteOutside(string path, YamlNode at)
    {
        var root = Files.BaseDirectory;
        if (root != "/" && path != root && !KustomizationFile.IsBelow(path, root))
        {
            Note(KustomizeProblemKind.OutsideRepository, at, $"'{Files.Display(path)}' lies outside of the repository");
        }
    }

    /// <summary>Notes an error: kustomize would stop here.</summary>
    /// <param name="kind">What kind it is.</param>
    /// <param name="where">The node that is wrong.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="nearest">What was probably meant.</param>
    /// <param name="first">The first of two that contradict each other.</param>
    public void Error(KustomizeProblemKind kind, YamlNode where, string message, string? nearest = null, YamlNode? first = null)
    {
        IsIncomplete = true;
        Add(new KustomizeProblem(kind, message, where.Location, KustomizeSeverity.Error, where) { Nearest = nearest, First = first });
    }

    /// <summary>Notes an error with a file as a whole.</summary>
    public void Error(KustomizeProblemKind kind, Location where, string message)
    {
        IsIncomplete = true;
        Add(new KustomizeProblem(kind, message, where));
    }

    /// <summary>Notes something that does not stop kustomize.</summary>
    public void Note(KustomizeProblemKind kind, YamlNode where, string message) =>
        Add(new KustomizeProblem(kind, message, where.Location, KustomizeSeverity.Note, where));

    /// <summary>
    /// Notes that something is not there: an error, but only a note once something was left out that may have held it.
    /// </summary>
    public void Missing(KustomizeProblemKind kind, YamlNode where, string message)
    {
        if (IsIncomplete)
        {
            Note(kind, where, message);
        }
        else
        {
            Error(kind, where, message);
        }
    }

    private void Add(KustomizeProblem problem)
    {
        // A base that is included twice would say the same twice.
        seen ??= [];
        if (seen.Add((problem.Kind, problem.Where, problem.Message)))
        {
            problems.Add(problem);
        }
    }
}
