using KubeLint.Cluster.Api;
using KubeLint.Registry;
using KubeLint.Registry.Credentials;

namespace KubeLint.Cluster.Snapshots;

/// <summary>A pull secret that a pod or its service account names, or that lies in the namespace unused. Its values are not in here in readable form.</summary>
public sealed record PullSecretView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>How reading it ended.</summary>
    public required ReadState State { get; init; }

    /// <summary>Whether a pod names it (the service account's are copied into the pod when it is made).</summary>
    public bool OnPod { get; init; }

    /// <summary>Whether the service account names it.</summary>
    public bool OnServiceAccount { get; init; }

    /// <summary>Its type.</summary>
    public string Type { get; init; } = "";

    /// <summary>The keys of its data.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The registries' entries, or null where it has none in the place where the kubelet looks.</summary>
    public DockerConfig? Config { get; init; }

    /// <summary>Namespaces that have a Secret of this name, where this one has not.</summary>
    public IReadOnlyList<string> OtherNamespaces { get; init; } = [];

    /// <summary>Whether it is of one of the two types that the kubelet reads.</summary>
    public bool IsPullType => Type is "kubernetes.io/dockerconfigjson" or "kubernetes.io/dockercfg";

    /// <summary>The registries that it has entries for.</summary>
    public IEnumerable<string> Hosts => Config?.Entries.Select(entry => entry.Key) ?? [];

    /// <summary>What makes it useless, as a sentence, or null.</summary>
    public string? Defect =>
        State != ReadState.Ok ? null
        : !IsPullType ? null
        : Config is null ? $"it has no key {(Type.EndsWith("json", StringComparison.Ordinal) ? ".dockerconfigjson" : ".dockercfg")}"
        : Config.Problems.Length > 0 ? Config.Problems[0]
        : Config.Entries.Length == 0 ? "it has no entry for any registry"
        : null;

    /// <summary>Whether it has a usable entry for an image.</summary>
    public bool Covers(RegistryImage image) => State == ReadState.Ok && IsPullType && Config?.Find(image)?.Credential is not null;
}
