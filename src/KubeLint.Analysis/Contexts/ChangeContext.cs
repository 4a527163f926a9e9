using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>A cluster at a revision and now. Only made where a run compares with a revision.</summary>
public sealed class ChangeContext : RuleContext
{
    private readonly Revision revision;

    internal ChangeContext(ReportSink sink, RunState run, Revision revision, ClusterComparison comparison)
        : base(sink, run)
    {
        this.revision = revision;
        Comparison = comparison;
    }

    /// <summary>The revision as the user wrote it.</summary>
    public string Revision => revision.Name;

    /// <summary>The repository at the revision.</summary>
    public RepositoryModel Before => revision.Model;

    /// <summary>What differs.</summary>
    public ClusterComparison Comparison { get; }

    internal override Location Place => Comparison.Objects.IsEmpty ? new Location(new SourceText(".", ""), default) : Comparison.Objects[0].Now.Root.Location;
}
