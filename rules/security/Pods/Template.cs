using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Texts that something fills in later: a variable that nothing replaced, a chart's template.</summary>
internal static class Template
{
    /// <summary>Whether a text holds one, so that it tells no value.</summary>
    public static bool IsIn(string text) => text.Contains("${", StringComparison.Ordinal) || text.Contains("{{", StringComparison.Ordinal);

    /// <summary>Whether a scalar's value is what the cluster gets.</summary>
    public static bool IsPlain(YamlScalar scalar) => !scalar.IsUnknown && !IsIn(scalar.Value);
}
