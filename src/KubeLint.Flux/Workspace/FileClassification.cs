using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>What a document is for.</summary>
public enum DocumentKind
{
    /// <summary>Nothing: comments, or a marker alone.</summary>
    Empty,

    /// <summary>A Kubernetes object: it has <c>apiVersion</c> and <c>kind</c>, both strings.</summary>
    KubernetesObject,

    /// <summary>What kustomize builds from: a <c>kustomization.yaml</c>, a component.</summary>
    KustomizationFile,

    /// <summary>Any other YAML, such as Helm values, a Taskfile, a workflow: only its syntax is judged.</summary>
    Other,
}

/// <summary>The language of a file that becomes YAML only when a template engine has run.</summary>
public enum TemplateKind
{
    /// <summary>No template.</summary>
    None,

    /// <summary>A file of a Helm chart's <c>templates</c> directory.</summary>
    Helm,

    /// <summary>Another: Jinja, Go templates, makejinja, gomplate.</summary>
    Other,
}

/// <summary>What a file is.</summary>
/// <param name="Documents">What each of its documents is, in the order of <see cref="YamlFile.Documents"/>.</param>
/// <param name="Template">Whether it is a template. Such a file's syntax is not judged.</param>
public sealed record FileClassification(ImmutableArray<DocumentKind> Documents, TemplateKind Template)
{
    // A document of Kubernetes with one or two such lines is a mistake; a file with more of them is meant so.
    private const int MinTemplateLines = 3;

    /// <summary>Looks at a parsed file.</summary>
    /// <param name="source">Where the file is: a chart is known by its <c>Chart.yaml</c>.</param>
    /// <param name="path">The file's absolute path.</param>
    /// <param name="file">The file.</param>
    public static FileClassification Create(IFileSource source, string path, YamlFile file)
    {
        var documents = ImmutableArray.CreateBuilder<DocumentKind>(file.Documents.Length);
        foreach (var document in file.Documents)
        {
            documents.Add(Classify(path, document.Root));
        }

        return new FileClassification(documents.MoveToImmutable(), FindTemplate(source, path, file));
    }

    /// <summary>Whether a file's name is one under which kustomize looks for its instructions (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/).</summary>
    public static bool IsKustomizationName(string path) =>
        path.AsSpan(path.LastIndexOf('/') + 1) is "kustomization.yaml" or "kustomization.yml" or "Kustomization";

    private static DocumentKind Classify(string path, YamlNode? root)
    {
        if (root is null || root.AsScalar() is { IsNull: true })
        {
            return DocumentKind.Empty;
        }

        var item = KubernetesObject.From(root);
        if (item is not null)
        {
            return item.Group == "kustomize.config.k8s.io" ? DocumentKind.KustomizationFile : DocumentKind.KubernetesObject;
        }

        return IsKustomizationName(path) ? DocumentKind.KustomizationFile : DocumentKind.Other;
    }

    private static TemplateKind FindTemplate(IFileSource source, string path, YamlFile file)
    {
        if (path.EndsWith(".j2", StringComparison.Ordinal) || path.EndsWith(".jinja", StringComparison.Ordinal)
            || path.EndsWith(".tpl", StringComparison.Ordinal) || path.EndsWith(".tmpl", StringComparison.Ordinal))
        {
            return TemplateKind.Other;
        }

        if (IsChartTemplate(source, path))
        {
            return TemplateKind.Helm;
        }

        foreach (var problem in file.Problems)
        {
            if (problem.Kind is YamlProblemKind.Syntax or YamlProblemKind.ComplexKey)
            {
                return LooksTemplated(file.Text) ? TemplateKind.Other : TemplateKind.None;
            }
        }

        return TemplateKind.None;
    }

    private static bool IsChartTemplate(IFileSource source, string path)
    {
        const string Templates = "/templates/";
        for (var at = path.LastIndexOf(Templates, StringComparison.Ordinal); at >= 0; at = at == 0 ? -1 : path.LastIndexOf(Templates, at - 1, StringComparison.Ordinal))
        {
            if (source.FileExists(path[..at] + "/Chart.yaml"))
            {
                return true;
            }
        }

        return false;
    }

    // A line that begins with a template's words is never YAML; a value that does is read as a mapping in a mapping.
    private static bool LooksTemplated(SourceText text)
    {
        var values = 0;
        foreach (var line in text.Content.AsSpan().EnumerateLines())
        {
            var rest = line.Trim();
            if (rest.StartsWith("{{") || rest.StartsWith("{%") || rest.StartsWith("#%"))
            {
                return true;
            }

            if (rest.IndexOf(": {{") >= 0 || rest.StartsWith("- {{") || rest.IndexOf(": {%") >= 0)
            {
                values++;
            }
        }

        return values >= MinTemplateLines;
    }
}
