using KubeLint.Yaml;

namespace KubeLint.Kustomize;

/// <summary>What kind of problem a build has.</summary>
public enum KustomizeProblemKind
{
    /// <summary>A directory has no kustomization file.</summary>
    MissingKustomization,

    /// <summary>A directory has more than one kustomization file.</summary>
    SeveralKustomizations,

    /// <summary>A component stands among the resources, or what is none among the components.</summary>
    WrongKind,

    /// <summary>A list of a kustomization names one file or directory twice.</summary>
    DuplicateEntry,

    /// <summary>A file is no YAML.</summary>
    Syntax,

    /// <summary>A field of a kustomization, or of a file that configures it, is unknown or of the wrong type or value.</summary>
    InvalidField,

    /// <summary>A file or directory that is named is not there.</summary>
    MissingFile,

    /// <summary>A document is no Kubernetes object: no kind, no name, an alias or a key that cannot be.</summary>
    InvalidResource,

    /// <summary>Two resources have one id.</summary>
    ResourceConflict,

    /// <summary>A directory includes itself, by whatever way.</summary>
    Cycle,

    /// <summary>Directories include each other too deeply.</summary>
    TooDeep,

    /// <summary>A path leads out of the repository.</summary>
    OutsideRepository,

    /// <summary>A base is at a remote address. It is not fetched.</summary>
    RemoteBase,

    /// <summary>Helm charts, which Flux does not inflate in a kustomization.</summary>
    HelmChart,

    /// <summary>A plugin that is not built in.</summary>
    ExternalPlugin,

    /// <summary>A patch has no resource to patch.</summary>
    PatchTargetNotFound,

    /// <summary>A patch cannot be read or applied.</summary>
    InvalidPatch,

    /// <summary>A generator cannot make its resource.</summary>
    Generator,

    /// <summary>A transformer cannot change a resource.</summary>
    Transformer,

    /// <summary>A name is meant that several resources have.</summary>
    AmbiguousReference,

    /// <summary>A variable has no value, or two definitions.</summary>
    Variable,

    /// <summary>A replacement has no source or cannot be set.</summary>
    Replacement,

    /// <summary>A field that kustomize no longer recommends.</summary>
    DeprecatedField,

    /// <summary>Something that is left out on purpose and changes no resource.</summary>
    Ignored,
}

/// <summary>How grave a problem is.</summary>
public enum KustomizeSeverity
{
    /// <summary>kustomize would stop here.</summary>
    Error,

    /// <summary>kustomize goes on.</summary>
    Note,
}

/// <summary>A problem of a build.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Message">What is wrong and what was expected, a sentence without a final stop.</param>
/// <param name="Where">The place in the file that is wrong.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Node">The node at that place, with the texts inside scalars that lead to it; null where the file as a whole is meant.</param>
public sealed record KustomizeProblem(
    KustomizeProblemKind Kind, string Message, Location Where, KustomizeSeverity Severity = KustomizeSeverity.Error, YamlNode? Node = null)
{
    /// <summary>What was probably meant in the place of <see cref="Node"/>, as it would be written; null where nothing is near.</summary>
    public string? Nearest { get; init; }

    /// <summary>The first of two that contradict each other; null for other problems.</summary>
    public YamlNode? First { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Where}: {Message}";
}
