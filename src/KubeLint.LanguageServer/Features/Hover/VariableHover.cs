using KubeLint.Flux;
using KubeLint.LanguageServer.Navigation;

namespace KubeLint.LanguageServer.Features.Hover;

/// <summary>Tells the value of a variable, and where it is defined.</summary>
internal static class VariableHover
{
    private const int MaxNames = 5;

    /// <summary>A text for the expression at a place; none where Flux substitutes none there.</summary>
    public static IEnumerable<string> At(DocumentView view, EffectiveText text, int offset)
    {
        // Of nested expressions the innermost is meant.
        var uses = new List<(string Cluster, FluxKustomization By, VariableUse Use)>();
        foreach (var (cluster, kustomization) in view.Snapshot.Model.Clusters.SelectMany(cluster => cluster.Kustomizations.Select(one => (cluster.Name, one))))
        {
            foreach (var use in kustomization.VariableUses)
            {
                if (use.Where.Text.Path == view.File.DisplayPath && use.Where.Span.Touches(offset))
                {
                    uses.Add((cluster, kustomization, use));
                }
            }
        }

        if (uses.Count == 0)
        {
            yield break;
        }

        var innermost = uses.Min(use => use.Use.Where.Span.Length);
        var said = uses.Where(use => use.Use.Where.Span.Length == innermost)
            .GroupBy(use => (use.Use.Name, What: Describe(view, text, use.By, use.Use))).ToList();
        if (said.Count == 1)
        {
            yield return $"`${{{said[0].Key.Name}}}` {said[0].Key.What}";
            yield break;
        }

        yield return string.Join('\n', said.Select(group =>
            $"- `${{{group.Key.Name}}}` {group.Key.What} (in {string.Join(", ", group.Select(use => $"{use.By.Id.Namespace}/{use.By.Id.Name} of cluster {use.Cluster}").Distinct().Take(MaxNames))})"));
    }

    private static string Describe(DocumentView view, EffectiveText text, FluxKustomization by, VariableUse use)
    {
        var place = use.Variable?.Definition is { } definition ? $" in {text.Link(definition.Location)}" : "";
        switch (use)
        {
            case { Variable: { } variable } when variable.Origin.StartsWith("Secret/", StringComparison.Ordinal):
                return $"is from {variable.Origin.Replace("Secret/", "Secret ", StringComparison.Ordinal)}{place}, {(variable.Value is null ? "encrypted" : "not shown")}";
            case { Variable: { } variable } when view.Snapshot.Effective.SecretOf(variable.Definition) is { } secret:
                return $"is {EffectiveText.FromSecret(secret)} (defined{place})";
            case { State: VariableState.Known, Variable: { } variable }:
                return $"is {EffectiveText.Code(variable.Value is { Length: > 0 } value ? value : "\"\"")}, from {variable.Origin}{place}";
            case { Variable: { } variable }:
                return $"is not known: {variable.Origin}{place} holds it encrypted, or has it from elsewhere";
            case { State: VariableState.Unknown }:
                return $"is not known: {by.Variables?.OpenBy}, which is not in the repository, may define it";
            default:
                return use.HasDefault ? "is not set: what the expression gives without it counts" : $"is not set by the postBuild of {by.Id.Namespace}/{by.Id.Name}";
        }
    }
}
