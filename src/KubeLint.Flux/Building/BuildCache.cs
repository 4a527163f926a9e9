using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

using KubeLint.Kustomize;
using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Builds each directory with the same edits once, for however many clusters. Safe to use from several threads.</summary>
internal sealed class BuildCache(YamlFileCache files, CancellationToken cancellationToken)
{
    private readonly KustomizeBuilder builder = new(files);
    private readonly ConcurrentDictionary<Key, Lazy<(KustomizeResult Result, ImmutableArray<FluxProblem> Problems)>> builds = new();

    private readonly ConcurrentDictionary<(string Root, string? Patterns), SourceIgnore?> ignores = new();

    /// <summary>What a source leaves out; null where nothing is said of it.</summary>
    /// <param name="root">The absolute root of its artifact.</param>
    /// <param name="patterns">Its <c>spec.ignore</c>; null where there is none.</param>
    public SourceIgnore? IgnoreOf(string root, string? patterns) =>
        ignores.GetOrAdd((root, patterns), key => key.Patterns is not null || files.Source.FileExists($"{key.Root}/.sourceignore")
            ? new SourceIgnore(files.Source, key.Root, key.Patterns) : null);

    /// <summary>What a Flux Kustomization's build gives, before substitution.</summary>
    public (KustomizeResult Result, ImmutableArray<FluxProblem> Problems) Build(string directory, KubernetesObject kustomization, SourceIgnore? ignore) =>
        builds.GetOrAdd(
            new Key(directory, ignore, KustomizationEdits.Inputs(kustomization.Spec)),
            _ => new(() => BuildNow(directory, kustomization, ignore))).Value;

    private (KustomizeResult Result, ImmutableArray<FluxProblem> Problems) BuildNow(string directory, KubernetesObject kustomization, SourceIgnore? ignore)
    {
        var problems = ImmutableArray.CreateBuilder<FluxProblem>();
        var content = KustomizationEdits.Make(files, directory, kustomization, ignore, problems);
        var result = builder.Build(directory, content, cancellationToken);
        foreach (var problem in result.Problems)
        {
            if (problem.Severity == KustomizeSeverity.Error)
            {
                problems.Add(new FluxProblem(FluxProblemKind.Build, problem.Message, problem.Where, problem));
            }
        }

        return (result, problems.ToImmutable());
    }

    private readonly struct Key(string directory, SourceIgnore? ignore, ImmutableArray<YamlNode?> inputs) : IEquatable<Key>
    {
        public bool Equals(Key other)
        {
            if (directory != other.Directory || !ReferenceEquals(ignore, other.Ignore))
            {
                return false;
            }

            for (var i = 0; i < inputs.Length; i++)
            {
                if (!ReferenceEquals(inputs[i], other.Inputs[i]))
                {
                    return false;
                }
            }

            return true;
        }

        private string Directory => directory;

        private SourceIgnore? Ignore => ignore;

        private ImmutableArray<YamlNode?> Inputs => inputs;

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(directory, StringComparer.Ordinal);
            foreach (var input in inputs)
            {
                hash.Add(input is null ? 0 : RuntimeHelpers.GetHashCode(input));
            }

            return hash.ToHashCode();
        }
    }
}
