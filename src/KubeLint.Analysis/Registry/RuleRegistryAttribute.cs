namespace KubeLint.Analysis;

/// <summary>
/// Marks the static partial class that a source generator completes with <c>All</c>: an entry for each rule of its
/// assembly, without reflection.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RuleRegistryAttribute : Attribute;
