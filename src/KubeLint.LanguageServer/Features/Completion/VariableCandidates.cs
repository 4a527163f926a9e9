using KubeLint.LanguageServer.Protocol;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Features.Completion;

/// <summary>The variables of post-build substitution, behind <c>${</c>.</summary>
internal static class VariableCandidates
{
    /// <summary>The name of a variable that is typed at an offset; null where none is.</summary>
    public static TextSpan? Typed(SourceText text, int offset)
    {
        var start = offset;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text.Content[start - 1]) || text.Content[start - 1] == '_'))
        {
            start--;
        }

        // `$${` stays as it is.
        if (start < 2 || text.Content[start - 1] != '{' || text.Content[start - 2] != '$' || (start > 2 && text.Content[start - 3] == '$'))
        {
            return null;
        }

        var end = offset;
        while (end < text.Content.Length && (char.IsAsciiLetterOrDigit(text.Content[end]) || text.Content[end] == '_'))
        {
            end++;
        }

        return TextSpan.FromBounds(start, end);
    }

    /// <summary>The variables that the file may use.</summary>
    /// <param name="text">The text.</param>
    /// <param name="typed">The name that is typed.</param>
    /// <param name="around">The repository.</param>
    public static IEnumerable<Candidate> For(SourceText text, TextSpan typed, Surroundings around)
    {
        var next = typed.End < text.Content.Length ? text.Content[typed.End] : '\n';
        var several = around.Builders().ToList();
        foreach (var (cluster, kustomization) in several)
        {
            foreach (var variable in kustomization.Variables?.Variables.Values ?? [])
            {
                yield return new Candidate(variable.Name, CompletionItemKind.Variable)
                {
                    Detail = several.Count == 1 ? variable.Origin : $"{variable.Origin}, {kustomization.Id.Name} in {cluster.Name}",

                    // What a Secret holds is shown to nobody.
                    Documentation = variable.Value is { } value && !variable.Origin.StartsWith("Secret/", StringComparison.Ordinal) ? $"`{value}`" : null,
                    Suffix = next is '}' or ':' ? "" : "}",
                };
            }
        }
    }
}
