using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>A finding that a comment or an annotation silenced.</summary>
/// <param name="Diagnostic">The finding.</param>
/// <param name="By">The comment or annotation.</param>
/// <param name="Reason">The reason that it gives; empty where it gives none.</param>
public sealed record SuppressedDiagnostic(Diagnostic Diagnostic, Location By, string Reason);
