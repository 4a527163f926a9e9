using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Kustomize;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports resources that a kustomization has twice.</summary>
public sealed class DuplicateResource : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4055", "duplicate-resource", "A kustomization has one resource twice, which kustomize refuses", Severity.Error)
        {
            Fix = FixSafety.Safe,
            Reference = new("https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => BuildCauses.On(on, BuildCause.Duplicate, static (context, problem) =>
        context.Report(problem.Where, problem.Message, BuildCauses.Help(context), BuildCauses.Related(problem), Fixes(problem)));

    private static ImmutableArray<Fix> Fixes(FluxProblem problem) =>
        problem.Build is { Kind: KustomizeProblemKind.DuplicateEntry, Node: { } node } && LineEdits.RemoveItem(node) is { } edit
            ? [new Fix("Remove the second entry", FixSafety.Safe, [new FileEdit(node.Source, [edit])])]
            : [];
}
