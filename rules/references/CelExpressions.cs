using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.References;

/// <summary>The fields of Flux objects that hold CEL expressions.</summary>
internal static class CelExpressions
{
    /// <summary>The expressions of an object whose text is known, each with its field's name.</summary>
    public static IEnumerable<(string Field, YamlScalar Text)> Of(KubernetesObject item)
    {
        foreach (var entry in item.Root.Get("spec", "dependsOn")?.AsSequence()?.Items ?? [])
        {
            if (Known(entry.Get("readyExpr")) is { } text)
            {
                yield return ("readyExpr", text);
            }
        }

        foreach (var entry in item.Root.Get("spec", "healthCheckExprs")?.AsSequence()?.Items ?? [])
        {
            foreach (var field in new[] { "current", "inProgress", "failed" })
            {
                if (Known(entry.Get(field)) is { } text)
                {
                    yield return (field, text);
                }
            }
        }

        foreach (var field in new[] { "resourceFilter", "commitStatusExpr" })
        {
            if (Known(item.Root.Get("spec", field)) is { } text)
            {
                yield return (field, text);
            }
        }
    }

    /// <summary>The place of a part of an expression.</summary>
    public static Location Locate(YamlScalar text, TextSpan span)
    {
        var inner = text.EmbeddedText();
        if (inner.Content != text.Value || span.Start >= inner.Content.Length || span.Length == 0)
        {
            // At the end there is no token to point at.
            return inner.Content.TrimEnd().Length is > 0 and var end && inner.Content == text.Value ? inner.Locate(new TextSpan(end - 1, 1)) : text.Location;
        }

        return inner.Locate(span);
    }

    private static YamlScalar? Known(YamlNode? node) => node?.Resolved is YamlScalar { IsUnknown: false } text && !text.Value.Contains("${", StringComparison.Ordinal) ? text : null;
}
