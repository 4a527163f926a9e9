using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Documentation;

/// <summary>A field with what it means.</summary>
/// <param name="Path">Its path, without list indices: <c>spec.patches.target</c>.</param>
/// <param name="Text">What it means, in Markdown.</param>
/// <param name="Page">The page that says more.</param>
internal sealed record DocumentedField(string Path, string Text, string Page);

/// <summary>What the most used fields of Flux and kustomize mean.</summary>
internal sealed class DocumentedFields
{
    private const string Resource = "fields.yaml";

    private readonly Dictionary<string, ImmutableArray<DocumentedField>> byKind = new(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    public DocumentedFields()
    {
        using var stream = typeof(DocumentedFields).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        foreach (var kinds in YamlParser.Parse(new SourceText(Resource, reader.ReadToEnd())).Documents[0].Root!.AsSequence()!.Items)
        {
            var page = kinds.GetString("page")!;
            var fields = kinds.Get("fields")!.AsMapping()!.Entries
                .Select(entry => new DocumentedField(entry.Name!, entry.Value.AsScalar()!.Value, page)).ToImmutableArray();
            foreach (var kind in kinds.Get("kinds")!.AsSequence()!.Items)
            {
                byKind.Add(kind.AsScalar()!.Value, fields);
            }
        }
    }

    /// <summary>The fields of a kind; empty where none is known.</summary>
    /// <param name="group">The API group.</param>
    /// <param name="kind">The kind.</param>
    public ImmutableArray<DocumentedField> Of(string group, string kind) => byKind.GetValueOrDefault($"{group}/{kind}", []);

    /// <summary>The fields of a document; empty where it is of no known kind.</summary>
    /// <param name="root">Its root.</param>
    /// <param name="kind">What the document is for.</param>
    public ImmutableArray<DocumentedField> Of(YamlNode root, DocumentKind kind) =>
        KubernetesObject.From(root) is { } item ? Of(item.Group, item.Kind)
        : kind == DocumentKind.KustomizationFile ? Of("kustomize.config.k8s.io", "Kustomization")
        : [];
}
