using KubeLint.Analysis;

namespace KubeLint.Rules.Run;

/// <summary>Gives the engine's own finding an id, a severity to configure and a page.</summary>
public sealed class InvalidSuppression : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor => RunRules.InvalidSuppression;

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        // The engine reports it when it reads suppressions.
    }
}
