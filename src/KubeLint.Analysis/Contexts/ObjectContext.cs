using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>An object as a cluster gets it.</summary>
public sealed class ObjectContext : RuleContext
{
    internal ObjectContext(ReportSink sink, RunState run, KubernetesObject item)
        : base(sink, run) => Object = item;

    /// <summary>The object.</summary>
    public KubernetesObject Object { get; }

    private protected override ObjectId? Subject => Object.Id;

    internal override Location Place => Object.Root.Location;
}
