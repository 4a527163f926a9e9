using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>A Flux Kustomization of a cluster, built.</summary>
public sealed class KustomizationContext : RuleContext
{
    internal KustomizationContext(ReportSink sink, RunState run, FluxCluster cluster, FluxKustomization item)
        : base(sink, run)
    {
        Cluster = cluster;
        Kustomization = item;
    }

    /// <summary>The cluster.</summary>
    public FluxCluster Cluster { get; }

    /// <summary>The Flux Kustomization with what it builds.</summary>
    public FluxKustomization Kustomization { get; }

    private protected override ObjectId? Subject => Kustomization.Id;

    internal override Location Place => Kustomization.Object.Root.Location;
}
