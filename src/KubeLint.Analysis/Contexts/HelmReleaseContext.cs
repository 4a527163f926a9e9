using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>A HelmRelease of a cluster, its values merged and its chart resolved.</summary>
public sealed class HelmReleaseContext : RuleContext
{
    internal HelmReleaseContext(ReportSink sink, RunState run, FluxCluster cluster, FluxHelmRelease item)
        : base(sink, run)
    {
        Cluster = cluster;
        Release = item;
    }

    /// <summary>The cluster.</summary>
    public FluxCluster Cluster { get; }

    /// <summary>The HelmRelease.</summary>
    public FluxHelmRelease Release { get; }

    private protected override ObjectId? Subject => Release.Id;

    internal override Location Place => Release.Object.Root.Location;
}
