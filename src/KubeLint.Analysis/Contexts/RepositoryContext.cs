using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>The whole repository.</summary>
public sealed class RepositoryContext : RuleContext
{
    internal RepositoryContext(ReportSink sink, RunState run)
        : base(sink, run)
    {
    }

    internal override Location Place => new(Model.Files.IsEmpty ? new SourceText(".", "") : Model.Files[0].Text, default);
}
