using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>A YAML file as it stands.</summary>
public sealed class FileContext : RuleContext
{
    internal FileContext(ReportSink sink, RunState run, WorkspaceFile file)
        : base(sink, run) => File = file;

    /// <summary>The file.</summary>
    public WorkspaceFile File { get; }

    internal override Location Place => new(File.Yaml.Text, default);
}
