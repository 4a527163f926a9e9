using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Run;

/// <summary>Reports what keeps Flux from building a Kustomization.</summary>
public sealed class BuildFailed : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL0006", "build-failed", "A Kustomization cannot be built, so nothing of it is applied", Severity.Error);

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Kustomization(context =>
    {
        foreach (var problem in context.Kustomization.Problems)
        {
            // A failing substitution leaves a build behind; the rules over variables know more of it.
            if (problem.Kind != FluxProblemKind.Substitution)
            {
                context.Report(
                    problem.Where,
                    problem.Message,
                    $"Flux applies nothing of Kustomization {context.Kustomization.Id.Namespace}/{context.Kustomization.Id.Name} until this is mended");
            }
        }
    });
}
