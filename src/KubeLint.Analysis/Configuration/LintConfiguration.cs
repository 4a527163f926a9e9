using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>What <c>.kubelint.yaml</c> and the files that it extends say. Immutable.</summary>
public sealed class LintConfiguration
{
    /// <summary>The file's name.</summary>
    public const string FileName = ".kubelint.yaml";

    internal LintConfiguration(
        ImmutableArray<string> paths,
        RepositorySettings settings,
        ImmutableArray<RuleSetting> rules,
        ImmutableArray<PathOverride> overrides,
        ImmutableArray<EffectiveValue> values)
    {
        Paths = paths;
        Settings = settings;
        Rules = rules;
        Overrides = overrides;
        Values = values;
    }

    /// <summary>The configuration where there is no file.</summary>
    public static LintConfiguration Default { get; } = new([], new RepositorySettings(), [], [], []);

    /// <summary>The absolute paths of the files that were read: the one found first, then those that it extends.</summary>
    public ImmutableArray<string> Paths { get; }

    /// <summary>The absolute folder of the file found, to which its paths are relative; null where there is none.</summary>
    public string? Directory => Paths.IsEmpty ? null : Paths[0][..Math.Max(1, Paths[0].LastIndexOf('/'))];

    /// <summary>What is said of the repository.</summary>
    public RepositorySettings Settings { get; }

    /// <summary>The repository's settings with the place where each is written.</summary>
    public ImmutableArray<EffectiveValue> Values { get; }

    /// <summary>What is to be read, as the configuration says.</summary>
    /// <param name="baseDirectory">The absolute directory to which paths are relative.</param>
    /// <param name="paths">The files and folders asked for; the directory itself where there are none.</param>
    public WorkspaceOptions ToWorkspaceOptions(string baseDirectory, ImmutableArray<string> paths = default) => new()
    {
        BaseDirectory = baseDirectory,
        Paths = paths.IsDefaultOrEmpty ? ["."] : paths,
        Exclude = Settings.Exclude,
        ExcludeDirectory = Directory,
        Limits = new YamlLimits { MaxFileBytes = Settings.MaxFileBytes },
    };

    /// <summary>How the clusters are built, as the configuration says; its paths are relative to its folder.</summary>
    public FluxOptions ToFluxOptions()
    {
        var variables = ImmutableDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in Settings.Substitute.Values)
        {
            variables[name] = value;
        }

        foreach (var name in Settings.Substitute.External)
        {
            variables[name] = null;
        }

        return new FluxOptions
        {
            Version = FluxVersion.Parse(Settings.FluxVersion),
            EntryPoints = [.. Settings.EntryPoints.Select(Absolute)],
            Sources = Settings.Sources.ToImmutableDictionary(entry => entry.Key, entry => Absolute(entry.Value), StringComparer.Ordinal),
            Variables = variables.ToImmutable(),
        };

        string Absolute(string path) => YamlFileCache.Normalize(Path.Combine(Directory ?? "/", path));
    }

    /// <summary>What is said of rules, in the order in which it counts: the last wins.</summary>
    internal ImmutableArray<RuleSetting> Rules { get; }

    /// <summary>What holds for some paths only; the last wins.</summary>
    internal ImmutableArray<PathOverride> Overrides { get; }
}

/// <summary>A configuration that was read.</summary>
/// <param name="Configuration">What it says; where something is wrong, the default stands in.</param>
/// <param name="Errors">What is wrong, in the order of the files.</param>
/// <param name="Notes">What still works but should change: a rule's former name.</param>
public sealed record ConfigurationResult(LintConfiguration Configuration, ImmutableArray<ConfigurationError> Errors, ImmutableArray<AnalysisNote> Notes);
