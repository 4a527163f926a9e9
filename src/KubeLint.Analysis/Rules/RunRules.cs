namespace KubeLint.Analysis;

/// <summary>The rules that the engine itself reports by; their classes and pages stand with the others.</summary>
public static class RunRules
{
    /// <summary>A rule threw.</summary>
    public static RuleDescriptor RuleFailed { get; } =
        new("KL0001", "rule-failed", "A rule failed on this place, so its findings may be incomplete", Severity.Error) { CanBeSuppressed = false };

    /// <summary>A comment or an annotation silences nothing.</summary>
    public static RuleDescriptor UnusedSuppression { get; } =
        new("KL0003", "unused-suppression", "A suppression suppresses nothing", Severity.Warning) { CanBeSuppressed = false, Fix = FixSafety.Safe, Tag = FindingTag.Unnecessary };

    /// <summary>A suppression that cannot work.</summary>
    public static RuleDescriptor InvalidSuppression { get; } =
        new("KL0005", "invalid-suppression", "A suppression is malformed, names no rule or lacks its reason", Severity.Warning) { CanBeSuppressed = false };
}
