using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports dependencies whose name is that of an object of the other kind.</summary>
public sealed class DependencyOtherKind : DependencyRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2004", "dependency-other-kind", "A dependency exists only as a Kustomization where a HelmRelease is meant, or the other way round", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#dependencies"),
        };

    private protected override DependencyFault Fault => DependencyFault.OtherKind;

    private protected override void Report(RuleContext context, FluxCluster cluster, Dependency dependency, ObjectId dependent)
    {
        var (id, found) = (dependency.Reference.Id, dependency.Found!);
        var foundName = $"{found.Object.Namespace ?? "default"}/{found.Object.Name}";
        var help = id.Kind == "Kustomization"
            ? $"Depend on Kustomization {found.Producer.Id.Namespace}/{found.Producer.Id.Name}, which applies that HelmRelease, with a health check for it or `wait: true`"
            : "Depend on a HelmRelease, or let the Kustomization that applies this one depend on that Kustomization";
        context.Report(
            dependency.Reference.At,
            $"dependsOn of a {id.Kind} names {id.Kind}s only, and {foundName} is a {found.Object.Kind}, so what depends on it is never applied",
            help,
            [new RelatedLocation((found.Object.Root.Get("metadata", "name") ?? found.Object.Root).Location, $"The {found.Object.Kind} of this name")]);
    }
}
