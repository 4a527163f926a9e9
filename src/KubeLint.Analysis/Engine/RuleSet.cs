using System.Collections.Immutable;

namespace KubeLint.Analysis;

/// <summary>The rules of a run, made with their options. Immutable.</summary>
public sealed class RuleSet
{
    private RuleSet(ImmutableArray<RuleInstance> instances) => Instances = instances;

    /// <summary>The rules, ordered by id.</summary>
    internal ImmutableArray<RuleInstance> Instances { get; }

    /// <summary>Rules as they are, each with its default severity.</summary>
    /// <param name="rules">The rules.</param>
    public static RuleSet Of(params IEnumerable<Rule> rules) =>
        new([.. rules.Select(rule => new RuleInstance(rule)).OrderBy(instance => instance.Rule.Descriptor.Id, StringComparer.Ordinal)]);
}

/// <summary>A rule with the options that it was made with.</summary>
/// <param name="Rule">The rule.</param>
internal sealed record RuleInstance(Rule Rule);
