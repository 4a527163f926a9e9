using KubeLint.Cluster.Api;

namespace KubeLint.Cluster.Actions;

/// <summary>One change to a cluster: what it will do, and doing it.</summary>
/// <param name="Description">What it will do, without a Secret's value.</param>
/// <param name="RunAsync">Does it.</param>
public sealed record ClusterAction(string Description, Func<CancellationToken, Task<ReadResult>> RunAsync);
