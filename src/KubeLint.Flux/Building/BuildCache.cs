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

    /// <summary>What a Flux Kustomization's build gives, before substitution.</summary>
    public (KustomizeResult Result, ImmutableArray<FluxProblem> Problems) Build(string directory, KubernetesObject kustomization) =>
        builds.GetOrAdd(
            new Key(directory, KustomizationEdits.Inputs(kustomization.Spec)),
            _ => new(() => BuildNow(directory, kustomization))).Value;

    private (KustomizeResult Result, ImmutableArray<FluxProblem> Problems) BuildNow(string directory, KubernetesObject kustomization)
    {
        var problems = ImmutableArray.CreateBuilder<FluxProblem>();
        var content = KustomizationEdits.Make(files, directory, kustomization, problems);
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

    private readonly struct Key(string directory, ImmutableArray<YamlNode?> inputs) : IEquatable<Key>
    {
        public bool Equals(Key other)
        {
            if (directory != other.Directory)
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
