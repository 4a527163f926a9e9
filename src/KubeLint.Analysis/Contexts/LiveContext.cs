using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Flux.Live;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>What a running cluster holds beside what the repository makes of it.</summary>
public sealed class LiveContext : RuleContext
{
    private readonly LiveSide side;

    internal LiveContext(ReportSink sink, RunState run, LiveSide side)
        : base(sink, run) => this.side = side;

    /// <summary>The running cluster.</summary>
    public LiveCluster Live => side.Live;

    /// <summary>The repository's cluster that it is; null where the repository has no entry point.</summary>
    public FluxCluster? Cluster => side.Cluster;

    /// <summary>The objects that the repository makes in it, each once; without an entry point all objects as they are written.</summary>
    public ImmutableArray<KubernetesObject> Objects => side.Objects;

    /// <summary>The HelmReleases among them, with their values merged; empty without an entry point.</summary>
    public ImmutableArray<FluxHelmRelease> Releases => side.Cluster?.Releases ?? [];

    /// <summary>The identity that an object has in a cluster: one without a namespace is in <c>default</c>, where its kind has namespaces.</summary>
    public LiveLookup Find(KubernetesObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Name is not { Length: > 0 } name || name.Contains('$', StringComparison.Ordinal) || item.Namespace?.Contains('$', StringComparison.Ordinal) == true)
        {
            // Which object it is shows only in a cluster that knows the variable.
            return default;
        }

        var found = Live.Find(item.Id with { Namespace = item.Namespace ?? "default" });
        return found.State != LiveState.Found && Live.Find(item.Id with { Namespace = null }) is { State: LiveState.Found } wide ? wide : found;
    }

    /// <summary>The pods that come from an object of the repository: a workload, a HelmRelease, or a custom resource; those that have ended left out.</summary>
    public ImmutableArray<LivePod> PodsOf(KubernetesObject item) => side.PodsOf(item);

    /// <summary>Reports a finding at an object's name, or at the object where it has none.</summary>
    /// <param name="item">The object.</param>
    /// <param name="message">What is wrong: one sentence without a final stop, naming the thing.</param>
    /// <param name="help">What to do.</param>
    public void ReportAtName(KubernetesObject item, string message, string? help = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        Report(item.Root.Get("metadata", "name") ?? item.Root, message, help, about: item.Id);
    }

    internal override Location Place =>
        Objects.IsEmpty ? new Location(new SourceText(".", ""), default) : Objects[0].Root.Location;
}
