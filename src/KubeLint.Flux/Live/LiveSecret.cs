using System.Collections.Immutable;

namespace KubeLint.Flux.Live;

/// <summary>What may be known of a Secret or ConfigMap without its values.</summary>
/// <param name="Keys">The keys of its data.</param>
/// <param name="Type">A Secret's type; empty for a ConfigMap.</param>
public sealed record LiveData(ImmutableArray<string> Keys, string Type)
{
    /// <summary>The registries that it has entries for, where it is a pull secret.</summary>
    public ImmutableArray<string> Registries { get; init; } = [];

    /// <summary>What makes it useless as a pull secret though its type is right, a clause without a value in it; null where nothing does.</summary>
    public string? Defect { get; init; }

    /// <summary>Whether it has credentials for a repository of a registry, as the kubelet reads it.</summary>
    public Func<string, string, bool> Covers { get; init; } = static (_, _) => false;

    /// <summary>Whether it is of one of the two types that the kubelet reads.</summary>
    public bool IsPullType => Type is "kubernetes.io/dockerconfigjson" or "kubernetes.io/dockercfg";
}
