using System.Text.RegularExpressions;

using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>Selects the resources that the target of a patch means.</summary>
internal static class ResourceSelection
{
    /// <summary>The resources, in order.</summary>
    public static List<KustomizeResource> Select(ResourceMap resources, YamlMapping selector, BuildContext context)
    {
        var patterns = new Dictionary<string, Regex>(StringComparer.Ordinal);
        foreach (var field in new[] { "group", "version", "kind", "name", "namespace" })
        {
            var text = KustomizationFields.Text(selector, field);
            if (text.Length > 0)
            {
                try
                {
                    patterns[field] = new Regex($"^(?:{text})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
                }
                catch (Exception error) when (error is ArgumentException or NotSupportedException)
                {
                    context.Error(KustomizeProblemKind.InvalidField, KustomizationFields.Get(selector, field)!, $"Not a regular expression: {error.Message}");
                    return [];
                }
            }
        }

        return [.. resources.Items.Where(resource => IsSelected(resource.CurrentId, resource.OriginalId))];

        bool IsSelected(ResourceId current, ResourceId original) =>
            Matches("kind", current.Type.Kind) && Matches("group", current.Type.Group) && Matches("version", current.Type.Version)
            && (Matches("name", original.Name) || Matches("name", current.Name))
            && (Matches("namespace", original.EffectiveNamespace) || Matches("namespace", current.EffectiveNamespace));

        bool Matches(string field, string value) => !patterns.TryGetValue(field, out var pattern) || pattern.IsMatch(value);
    }
}
