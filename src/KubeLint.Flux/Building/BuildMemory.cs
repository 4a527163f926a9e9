using System.Collections.Concurrent;
using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// What building a repository's clusters makes on the way. With that of the time before, only what depends on changed files is made anew, and
/// what is made again keeps its nodes, so that what depends on those is known to be the same.
/// </summary>
/// <param name="whole">All files of the repository.</param>
/// <param name="before">That of the time before; null where there is none.</param>
/// <param name="changed">The absolute paths of the files that differ since.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class BuildMemory(Workspace whole, BuildMemory? before, IReadOnlySet<string> changed, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<YamlMapping, KubernetesObject?> objects = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<YamlMapping, ImmutableArray<Substituted>> substituted = new(ReferenceEqualityComparer.Instance);
    private BuildMemory? before = before;

    /// <summary>All files of the repository.</summary>
    public Workspace Whole { get; } = whole;

    /// <summary>The kustomize builds.</summary>
    public BuildCache Builds { get; } = new(whole.Files, before?.Builds, changed, cancellationToken);

    /// <summary>The node as an object; null where it is none. A node is one object, however many clusters get it.</summary>
    public KubernetesObject? ObjectOf(YamlMapping root) => objects.GetOrAdd(
        root, static (key, before) => before is not null && before.objects.TryGetValue(key, out var known) ? known : KubernetesObject.From(key), before);

    /// <summary>An object after Flux's substitution and its common metadata.</summary>
    /// <param name="root">The object as it was built.</param>
    /// <param name="variables">The variables; null where nothing is substituted.</param>
    /// <param name="metadata">The labels and annotations that all objects get; null for none.</param>
    /// <param name="isStrict">Whether an undefined variable fails.</param>
    public Substituted Substitute(YamlMapping root, VariableSet? variables, YamlMapping? metadata, bool isStrict)
    {
        if (variables is null && metadata is null)
        {
            return new Substituted(root, null, null, null, isStrict);
        }

        if ((Find(substituted) ?? Find(before?.substituted)) is not { } found)
        {
            var result = variables is null ? null : PostBuildSubstitution.Apply(root, variables, isStrict);
            var made = result?.Root ?? root;
            found = new Substituted(metadata is null ? made : CommonMetadata.Apply(made, metadata), result, variables, metadata, isStrict);
        }

        // One object may be substituted in several ways: by several Kustomizations, and by one before all variables are known.
        substituted.AddOrUpdate(root, static (_, item) => [item], static (_, known, item) => known.Contains(item) ? known : known.Add(item), found);
        return found;

        Substituted? Find(ConcurrentDictionary<YamlMapping, ImmutableArray<Substituted>>? among)
        {
            if (among is null || !among.TryGetValue(root, out var known))
            {
                return null;
            }

            foreach (var item in known)
            {
                if (item.IsStrict == isStrict && ReferenceEquals(item.Metadata, metadata) && VariableSet.Same(item.Variables, variables))
                {
                    return item;
                }
            }

            return null;
        }
    }

    /// <summary>Lets go of the time before, so that memory does not grow with each change.</summary>
    public void Forget()
    {
        before = null;
        Builds.Forget();
    }

    /// <summary>An object after substitution, with what it was made from.</summary>
    internal sealed class Substituted(YamlMapping root, SubstitutionResult? result, VariableSet? variables, YamlMapping? metadata, bool isStrict)
    {
        public YamlMapping Root { get; } = root;

        public SubstitutionResult? Result { get; } = result;

        public VariableSet? Variables { get; } = variables;

        public YamlMapping? Metadata { get; } = metadata;

        public bool IsStrict { get; } = isStrict;
    }
}
