namespace KubeLint.Analysis;

/// <summary>The rules that the engine itself reports by; their classes and pages stand with the others.</summary>
public static class RunRules
{
    /// <summary>A rule threw.</summary>
    public static RuleDescriptor RuleFailed { get; } =
        new("KL0001", "rule-failed", "A rule failed on this place, so its findings may be incomplete", Severity.Error) { CanBeSuppressed = false };
}
