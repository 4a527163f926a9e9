using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

using KubeLint.Kustomize;
using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>Builds each directory with the same edits once, for however many clusters. Safe to use from several threads.</summary>
/// <param name="files">The files.</param>
/// <param name="before">The builds of the same files before some changed; null where there are none.</param>
/// <param name="changed">The absolute paths of the files that differ since; none of them came or went.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class BuildCache(YamlFileCache files, BuildCache? before, IReadOnlySet<string> changed, CancellationToken cancellationToken)
{
    private readonly KustomizeBuilder builder = new(files);
    private readonly ConcurrentDictionary<Key, Lazy<(KustomizeResult Result, ImmutableArray<FluxProblem> Problems)>> builds = new();
    private readonly ConcurrentDictionary<(string Root, string? Patterns), SourceIgnore?> ignores = before?.ignores ?? new();
    private BuildCache? before = before;

    /// <summary>Lets go of the builds that were taken over, or were not.</summary>
    public void Forget() => before = null;

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
            key => new(() => TakeOver(key, directory, ignore) ?? BuildNow(directory, kustomization, ignore))).Value;

    // A build is a function of the files that it read, and, where Flux makes the kustomization itself, of those that it looked into.
    private (KustomizeResult Result, ImmutableArray<FluxProblem> Problems)? TakeOver(Key key, string directory, SourceIgnore? ignore)
    {
        if (before is null || !before.builds.TryGetValue(key, out var found))
        {
            return null;
        }

        foreach (var input in found.Value.Result.Inputs)
        {
            if (changed.Contains(input.Path))
            {
                return null;
            }
        }

        var isMade = changed.Any(path => SourcePath.IsWithin(path, directory)) && KustomizationReach.FindFile(files.Source, directory) is null;
        return isMade && ManifestScan.Resources(files.Source, directory, ignore).Exists(changed.Contains) ? null : found.Value;
    }

    private (KustomizeResult Result, ImmutableArray<FluxProblem> Problems) BuildNow(string directory, KubernetesObject kustomization, SourceIgnore? ignore)
    {
        var problems = ImmutableArray.CreateBuilder<FluxProblem>(0);
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
