using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.References;

/// <summary>Reports dependencies on what nothing makes.</summary>
public sealed class DependencyMissing : DependencyRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL2003", "dependency-missing", "A dependency does not exist, so Flux waits for it for ever", Severity.Error)
        {
            Fix = FixSafety.Suggestion,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies"),
        };

    private protected override DependencyFault Fault => DependencyFault.Missing;

    private protected override void Report(RuleContext context, FluxCluster cluster, Dependency dependency, ObjectId dependent)
    {
        var (reference, id) = (dependency.Reference, dependency.Reference.Id);
        var (help, fixes) = Missing.Advice(cluster, reference, $"Remove the entry, or name a {id.Kind} that is there");
        context.Report(reference.At, $"{id.Kind} {id.Namespace}/{id.Name} does not exist, so what depends on it is never applied", help, fixes: fixes);
    }
}
