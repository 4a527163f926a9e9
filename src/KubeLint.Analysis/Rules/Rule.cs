namespace KubeLint.Analysis;

/// <summary>
/// A rule. One instance serves a whole run and is called from several threads at once, so it keeps nothing between calls:
/// a rule that compares objects registers for the repository.
/// </summary>
public abstract class Rule
{
    /// <summary>What is known of the rule without running it.</summary>
    public abstract RuleDescriptor Descriptor { get; }

    /// <summary>Says, once, what the rule wants to see. The engine walks once and calls.</summary>
    /// <param name="on">Takes the callbacks.</param>
    public abstract void Register(IRuleRegistrar on);
}

/// <summary>A rule with options.</summary>
/// <typeparam name="TOptions">
/// An immutable record nested in the rule, with a default for each member: <c>bool</c>, <c>int</c>, <c>string</c>, an enum,
/// <c>ImmutableArray&lt;string&gt;</c> or a record of these. Their doc comments become the option's documentation.
/// </typeparam>
public abstract class Rule<TOptions> : Rule
    where TOptions : class, new()
{
    /// <summary>What is configured; the defaults where nothing is.</summary>
    public TOptions Options { get; init; } = new();
}
