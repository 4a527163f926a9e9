using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>What a configuration says of one rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="IsByFamily">Whether it is said of the rule's whole family: that turns no rule on that is off by default.</param>
/// <param name="Level">The severity, null in it for off; null where only options are given.</param>
/// <param name="Options">The options as written; null where there are none.</param>
internal sealed record RuleSetting(RuleEntry Rule, bool IsByFamily, RuleLevel? Level, YamlMapping? Options)
{
    /// <summary>Whether it is said of a rule.</summary>
    public bool IsFor(RuleEntry rule) => Rule.Descriptor.Id == rule.Descriptor.Id;
}

/// <summary>A configured severity.</summary>
/// <param name="Severity">The severity; null where the rule is off.</param>
/// <param name="Origin">Where it is written; null for a default.</param>
internal readonly record struct RuleLevel(Severity? Severity, Location? Origin)
{
    /// <summary>The severity where nothing is configured.</summary>
    public static RuleLevel DefaultOf(RuleDescriptor rule) =>
        new(rule.IsEnabledByDefault && rule.Status != RuleStatus.Preview ? rule.DefaultSeverity : null, null);

    /// <summary>The severity of a word of the configuration; null where there is no such word.</summary>
    public static RuleLevel? Parse(YamlScalar word) => word.Value switch
    {
        "error" => new(Analysis.Severity.Error, word.Location),
        "warning" => new(Analysis.Severity.Warning, word.Location),
        "info" => new(Analysis.Severity.Info, word.Location),
        "off" => new(null, word.Location),
        _ => null,
    };

    /// <summary>The word for this level.</summary>
    public override string ToString() => Severity switch
    {
        Analysis.Severity.Error => "error",
        Analysis.Severity.Warning => "warning",
        Analysis.Severity.Info => "info",
        _ => "off",
    };
}
