using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>The whole repository.</summary>
public sealed class RepositoryContext : RuleContext
{
    internal RepositoryContext(ReportSink sink, RunState run)
        : base(sink, run)
    {
    }

    internal override Location Place => new(Model.Workspace.SelectedFiles.IsEmpty ? new SourceText(".", "") : Model.Workspace.SelectedFiles[0].Yaml.Text, default);
}
