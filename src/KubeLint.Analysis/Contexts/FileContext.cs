using KubeLint.Yaml;

namespace KubeLint.Analysis;

/// <summary>A YAML file as it stands.</summary>
public sealed class FileContext : RuleContext
{
    internal FileContext(ReportSink sink, RunState run, YamlFile file)
        : base(sink, run) => File = file;

    /// <summary>The file.</summary>
    public YamlFile File { get; }

    internal override Location Place => new(File.Text, default);
}
