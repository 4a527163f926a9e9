using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>A YAML document as it stands in its file.</summary>
public sealed class DocumentContext : RuleContext
{
    internal DocumentContext(ReportSink sink, RunState run, WorkspaceFile file, DocumentKind kind, YamlDocument document, YamlNode root)
        : base(sink, run)
    {
        File = file;
        Kind = kind;
        Document = document;
        Root = root;
        Object = KubernetesObject.From(root);
    }

    /// <summary>The file.</summary>
    public WorkspaceFile File { get; }

    /// <summary>What the document is.</summary>
    public DocumentKind Kind { get; }

    /// <summary>The document.</summary>
    public YamlDocument Document { get; }

    /// <summary>The document's content; empty documents are not shown.</summary>
    public YamlNode Root { get; }

    /// <summary>The document as a Kubernetes object; null where it is none.</summary>
    public KubernetesObject? Object { get; }

    private protected override ObjectId? Subject => Object?.Id;

    internal override Location Place => Root.Location;
}
