namespace KubeLint.Analysis;

/// <summary>How bad a finding is. Ordered: a greater value is worse.</summary>
public enum Severity
{
    /// <summary>Taste or policy.</summary>
    Info,

    /// <summary>Most experts would change it.</summary>
    Warning,

    /// <summary>It will fail or do harm when it is applied.</summary>
    Error,
}
