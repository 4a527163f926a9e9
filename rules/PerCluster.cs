using System.Collections.Concurrent;

using KubeLint.Flux;

namespace KubeLint.Rules;

/// <summary>A value for each cluster of a run, made by the first that asks and used from several threads. Several rules share one by <c>Shared</c>.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="make">Makes the value of a cluster.</param>
internal sealed class PerCluster<T>(Func<FluxCluster, T> make)
    where T : notnull
{
    // Of objects, for `Lazy` of any type would keep that type's constructor in a trimmed program.
    private readonly ConcurrentDictionary<FluxCluster, Lazy<object>> values = new(ReferenceEqualityComparer.Instance);

    /// <summary>The value of a cluster.</summary>
    public T Of(FluxCluster cluster) => (T)values.GetOrAdd(cluster, static (cluster, make) => new Lazy<object>(() => make(cluster)), make).Value;
}
