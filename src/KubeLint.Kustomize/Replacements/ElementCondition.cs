namespace KubeLint.Kustomize.Replacements;

/// <summary>The part <c>[key=value]</c> of a path.</summary>
internal static class ElementCondition
{
    /// <summary>Whether a part of a path is one.</summary>
    public static bool Is(string part) => part.StartsWith('[') && part.EndsWith(']');

    /// <summary>Its key and its value.</summary>
    /// <exception cref="ReplacementException">It has no <c>=</c>.</exception>
    public static (string Key, string Value) Split(string part)
    {
        var inner = part[1..^1];
        var sign = inner.IndexOf('=', StringComparison.Ordinal);
        return sign < 0
            ? throw new ReplacementException($"'{part}' must be of the form [key=value]")
            : (inner[..sign], inner[(sign + 1)..]);
    }
}
