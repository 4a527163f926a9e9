using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports dependencies that are in another namespace and do not say so.</summary>
public sealed class DependencyNamespaceAbsent : DependencyRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2005", "dependency-namespace-absent", "A dependency is in another namespace, which is not written", Severity.Error)
        {
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#dependencies"),
        };

    private protected override DependencyFault Fault => DependencyFault.NamespaceAbsent;

    private protected override void Report(RuleContext context, FluxCluster cluster, Dependency dependency, ObjectId dependent)
    {
        var (reference, id, ns) = (dependency.Reference, dependency.Reference.Id, dependency.Namespaces[0]);
        context.Report(
            reference.At,
            $"{id.Kind} {id.Name} is in namespace {ns}, and without a namespace {id.Namespace} is meant, so what depends on it is never applied",
            $"Write `namespace: {ns}` beside the name",
            fixes: YamlEdits.Add($"Add namespace {ns}", FixSafety.Safe, reference.Mapping, "name", "namespace", ns));
    }
}
