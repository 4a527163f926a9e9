using KubeLint.Flux.Live;

namespace KubeLint.Analysis;

/// <summary>A pod of a running cluster with the workload that it is of.</summary>
/// <param name="Object">The pod.</param>
/// <param name="Workload">The outermost object that it comes from, as its owners tell: a Deployment, a CronJob; the pod itself where nothing owns it.</param>
public sealed record LivePod(LiveObject Object, string Workload);
