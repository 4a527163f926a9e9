using KubeLint.Analysis;
using KubeLint.Rules.Kustomizations;

namespace KubeLint.Rules.Run;

/// <summary>Reports what keeps Flux from building a Kustomization.</summary>
public sealed class BuildFailed : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL0006", "build-failed", "A Kustomization cannot be built, so nothing of it is applied", Severity.Error);

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) =>
        BuildCauses.On(on, BuildCause.Other, static (context, problem) => context.Report(problem.Where, problem.Message, BuildCauses.Help(context), BuildCauses.Related(problem)));
}
