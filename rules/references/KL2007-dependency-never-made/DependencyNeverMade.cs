using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports dependencies on what only a failing build would make.</summary>
public sealed class DependencyNeverMade : DependencyRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2007", "dependency-never-made", "The build that would make a dependency fails", Severity.Warning)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#dependencies"),
        };

    private protected override DependencyFault Fault => DependencyFault.NeverMade;

    private protected override void Report(RuleContext context, FluxCluster cluster, Dependency dependency, ObjectId dependent)
    {
        var (id, producer) = (dependency.Reference.Id, dependency.Producer!);
        context.Report(
            dependency.Reference.At,
            $"{id.Kind} {id.Namespace}/{id.Name} comes from Kustomization {producer.Id.Namespace}/{producer.Id.Name}, whose build fails, so what depends on it waits until that is mended",
            "Mend the build, or remove the dependency",
            [new RelatedLocation(producer.Problems[0].Where, "This makes the build fail")]);
    }
}
