using System.Collections.Concurrent;
using System.Collections.Immutable;

using KubeLint.Flux;

namespace KubeLint.Analysis;

/// <summary>What all callbacks of a run share.</summary>
/// <param name="Model">The repository.</param>
/// <param name="Settings">What is configured of it.</param>
/// <param name="Pins">The tag to pin each image to, by its name.</param>
/// <param name="AbsentImages">The images that registries have not, by whole reference.</param>
/// <param name="CancellationToken">Ends the run.</param>
internal sealed record RunState(
    RepositoryModel Model,
    RepositorySettings Settings,
    ImmutableDictionary<string, string> Pins,
    ImmutableDictionary<string, string>? AbsentImages,
    CancellationToken CancellationToken)
{
    /// <summary>The absolute folder to which the settings' paths are relative; null where there is no configuration.</summary>
    public string? SettingsDirectory { get; init; }

    /// <summary>JSON Schemas that were fetched before the run, by absolute address.</summary>
    public ImmutableDictionary<string, string> FetchedSchemas { get; init; } = ImmutableDictionary<string, string>.Empty;

    private readonly ConcurrentDictionary<Type, Lazy<object>> shared = new();

    /// <summary>The value of a type that rules share, made by the first that asks.</summary>
    public T Shared<T>(Func<RepositoryModel, RepositorySettings, T> make)
        where T : class => Find<T>() ?? (T)Add(make).Value;

    /// <summary>The value of a type where a rule has asked for it before; else null.</summary>
    public T? Find<T>()
        where T : class => shared.TryGetValue(typeof(T), out var known) ? (T)known.Value : null;

    private Lazy<object> Add<T>(Func<RepositoryModel, RepositorySettings, T> make)
        where T : class => shared.GetOrAdd(typeof(T), new Lazy<object>(() => make(Model, Settings)));
}
