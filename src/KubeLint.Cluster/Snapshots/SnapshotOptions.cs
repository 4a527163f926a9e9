using KubeLint.Registry;
using KubeLint.Registry.Pins;

namespace KubeLint.Cluster.Snapshots;

/// <summary>What a snapshot looks at beside the cluster.</summary>
/// <param name="Registries">Asks registries; null with <c>--offline</c>.</param>
public sealed record SnapshotOptions(RegistryClient? Registries)
{
    /// <summary>The most images that are asked for.</summary>
    public int MostImages { get; init; } = 10;

    internal PinResolver? Pins => Registries is null ? null : new PinResolver(Registries);
}
