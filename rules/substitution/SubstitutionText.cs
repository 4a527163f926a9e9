using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>What the rules over variables share: where expressions stand and how they are escaped.</summary>
internal static class SubstitutionText
{
    /// <summary>Flux's page on post-build substitution.</summary>
    public static Uri Reference { get; } = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution");

    /// <summary>Whether an undefined variable fails the build in this cluster, as since Flux 2.9.</summary>
    public static bool IsStrict(FluxCluster cluster) =>
        cluster.IsGateEnabled("kustomize-controller", "StrictPostBuildSubstitutions", cluster.Version.IsAtLeast(2, 9));

    /// <summary>The uses of one variable in one scalar, in order; the first stands for all.</summary>
    public static IEnumerable<ImmutableArray<VariableUse>> Groups(IEnumerable<VariableUse> uses)
    {
        var groups = new Dictionary<(YamlScalar, string), ImmutableArray<VariableUse>.Builder>();
        foreach (var use in uses)
        {
            if (!groups.TryGetValue((use.Scalar, use.Name), out var group))
            {
                groups.Add((use.Scalar, use.Name), group = ImmutableArray.CreateBuilder<VariableUse>());
            }

            group.Add(use);
        }

        return groups.Values.Select(group => group.ToImmutable());
    }

    /// <summary>How often a variable is used in a text, for the end of a message; empty for once.</summary>
    public static string Times(int count) => count > 1 ? $" ({count} times in this text)" : "";

    /// <summary>
    /// Whether the scalar is, by its look, a program or a dashboard that has variables of its own: a script, or a text of many lines in a ConfigMap.
    /// </summary>
    public static bool IsForeignText(YamlScalar scalar, YamlMapping owner) =>
        LooksLikeScript(scalar.Value)
        || (scalar.Value.Contains('\n', StringComparison.Ordinal) && owner.GetString("kind") == "ConfigMap");

    /// <summary>Whether a text is a shell script by its look.</summary>
    public static bool LooksLikeScript(string text) =>
        text.StartsWith("#!", StringComparison.Ordinal)
        || text.Contains("$(", StringComparison.Ordinal)
        || (text.Contains('\n', StringComparison.Ordinal)
            && (text.Contains("; then", StringComparison.Ordinal) || text.Contains("; do", StringComparison.Ordinal) || text.Contains("\nset -", StringComparison.Ordinal)
                || text.Contains("echo ", StringComparison.Ordinal) || text.Contains("export ", StringComparison.Ordinal)));

    /// <summary>A fix that escapes expressions, so that Flux leaves <c>${…}</c> of them; none where the text stands nowhere as it is.</summary>
    public static ImmutableArray<Fix> Escape(YamlScalar scalar, FixSafety safety, params IEnumerable<Location> expressions)
    {
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        SourceText? text = null;
        foreach (var place in expressions)
        {
            if (!IsWritten(place, scalar) || (text is not null && text != place.Text))
            {
                return [];
            }

            text = place.Text;
            edits.Add(new TextEdit(new TextSpan(place.Span.Start, 0), "$"));
        }

        return text is null ? [] : [new Fix("Escape it as $${…}, so that Flux leaves it alone", safety, [new FileEdit(text, edits.ToImmutable())])];
    }

    /// <summary>Whether an expression stands in the file just as it is read.</summary>
    public static bool IsWritten(Location place, YamlScalar scalar) =>
        scalar is { Derivation: null, Anchor: null } && place.Span.Length > 2 && place.Text.Content.AsSpan(place.Span.Start, 2) is "${";
}
