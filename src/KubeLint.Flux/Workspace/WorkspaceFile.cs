using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>A file that is linted.</summary>
/// <param name="Path">Its absolute path, with <c>/</c>.</param>
/// <param name="Yaml">Its trees.</param>
/// <param name="Classification">What it is.</param>
public sealed record WorkspaceFile(string Path, YamlFile Yaml, FileClassification Classification)
{
    /// <summary>The path to show.</summary>
    public string DisplayPath => Yaml.Text.Path;

    /// <summary>What is wrong with its syntax; nothing for a template, which is no YAML yet.</summary>
    public ImmutableArray<YamlProblem> Problems => Classification.Template == TemplateKind.None ? Yaml.Problems : [];

    /// <summary>The Kubernetes objects in it as written, in order; none for a template. A <c>List</c> is one object.</summary>
    public IEnumerable<KubernetesObject> Objects()
    {
        if (Classification.Template != TemplateKind.None)
        {
            yield break;
        }

        for (var i = 0; i < Yaml.Documents.Length; i++)
        {
            if (Classification.Documents[i] == DocumentKind.KubernetesObject && KubernetesObject.From(Yaml.Documents[i].Root) is { } item)
            {
                yield return item;
            }
        }
    }
}
