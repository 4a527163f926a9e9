using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Kustomize;

/// <summary>What a build makes.</summary>
public sealed class KustomizeResult
{
    internal KustomizeResult(
        string directory,
        ImmutableArray<YamlMapping> objects,
        ImmutableArray<KustomizeProblem> problems,
        ImmutableArray<KustomizeInput> inputs,
        ImmutableArray<PatchSelection> selections,
        bool isComplete)
    {
        Selections = selections;
        Directory = directory;
        Objects = objects;
        Problems = problems;
        Inputs = inputs;
        IsComplete = isComplete;
    }

    /// <summary>The directory that was built, absolute.</summary>
    public string Directory { get; }

    /// <summary>
    /// The resources in the order in which kustomize prints them. Where <see cref="Succeeded"/> is false these are what
    /// could be built: more than kustomize, which stops at the first error, would give.
    /// </summary>
    public ImmutableArray<YamlMapping> Objects { get; }

    /// <summary>What is wrong, in the order in which it was met.</summary>
    public ImmutableArray<KustomizeProblem> Problems { get; }

    /// <summary>The files that were read, in order; a file once for each kustomization that includes it.</summary>
    public ImmutableArray<KustomizeInput> Inputs { get; }

    /// <summary>What the targets of patches selected, in the order in which they were applied.</summary>
    public ImmutableArray<PatchSelection> Selections { get; }

    /// <summary>Whether nothing was left out: false with a remote base or Helm charts, and after an error.</summary>
    public bool IsComplete { get; }

    /// <summary>Whether kustomize would succeed, as far as the files at hand tell.</summary>
    public bool Succeeded
    {
        get
        {
            foreach (var problem in Problems)
            {
                if (problem.Severity == KustomizeSeverity.Error)
                {
                    return false;
                }
            }

            return true;
        }
    }
}

/// <summary>A file that a build read.</summary>
/// <param name="Path">The file, absolute.</param>
/// <param name="Kustomization">The kustomization file that includes it, absolute; for a kustomization file the one that includes its
/// directory, null for the outermost.</param>
/// <param name="At">The node that names it; null for the outermost kustomization.</param>
public sealed record KustomizeInput(string Path, string? Kustomization, YamlNode? At);

/// <summary>What the target of a patch selected in a build.</summary>
/// <param name="Target">The target.</param>
/// <param name="Count">How many resources.</param>
/// <param name="IsComplete">Whether everything was there that it could select: false behind a remote base or an error.</param>
public sealed record PatchSelection(YamlMapping Target, int Count, bool IsComplete);
