using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>All that one cluster gets and how it hangs together.</summary>
public sealed class GraphContext : RuleContext
{
    internal GraphContext(ReportSink sink, RunState run, FluxCluster cluster)
        : base(sink, run)
    {
        Cluster = cluster;
    }

    /// <summary>The cluster.</summary>
    public FluxCluster Cluster { get; }

    internal override Location Place => Cluster.Kustomizations.IsEmpty ? new Location(Model.Workspace.SelectedFiles[0].Yaml.Text, default) : Cluster.Kustomizations[0].Object.Root.Location;
}
