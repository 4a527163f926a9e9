using KubeLint.Flux;
using KubeLint.LanguageServer.Documentation;
using KubeLint.LanguageServer.Navigation;

namespace KubeLint.LanguageServer.Features.Hover;

/// <summary>Tells what a field of Flux or kustomize means.</summary>
internal static class FieldHover
{
    /// <summary>A text for the field whose key is at a place; none where it is not among the known ones.</summary>
    public static IEnumerable<string> At(DocumentView view, DocumentedFields fields, NodePlace place)
    {
        if (!place.IsKey)
        {
            yield break;
        }

        var kind = place.Outer is null && FileClassification.IsKustomizationName(view.File.Path) ? DocumentKind.KustomizationFile : DocumentKind.Other;
        var path = string.Join('.', place.Path.Where(step => step.Index < 0).Select(step => step.Key));
        foreach (var field in fields.Of(place.Root, kind))
        {
            if (field.Path == path)
            {
                yield return $"`{field.Path}`: {field.Text}\n\n[Documentation]({field.Page})";
            }
        }
    }
}
