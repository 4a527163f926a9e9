namespace KubeLint.Kustomize.Replacements;

/// <summary>Ends a replacement that cannot be made; never leaves this folder.</summary>
internal sealed class ReplacementException(string message) : Exception(message);
