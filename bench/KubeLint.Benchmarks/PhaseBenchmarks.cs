using BenchmarkDotNet.Attributes;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Reporting;
using KubeLint.Rules;
using KubeLint.Yaml;

namespace KubeLint.Benchmarks;

/// <summary>Each phase of a run on its own: parse, model, rules, report.</summary>
[MemoryDiagnoser]
public class PhaseBenchmarks
{
    private string root = "";
    private Workspace workspace = null!;
    private RepositoryModel model = null!;
    private Analyzer analyzer = null!;
    private RunReport report = null!;

    /// <summary>The repository.</summary>
    [Params("bjw-s", "tyriis")]
    public string Repository { get; set; } = "";

    /// <summary>Runs all phases once, so that each can be run alone.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        root = Corpora.Folder(Repository);
        workspace = Parse();
        model = Model();
        var catalog = new RuleCatalog(BuiltInRules.All);
        var rules = RuleSet.Create(catalog, LintConfiguration.Default, RuleSelection.All, root);
        analyzer = new Analyzer(rules);
        report = new RunReport
        {
            Diagnostics = Rules().Diagnostics,
            Rules = [.. rules.Descriptors],
            ToolVersion = "0",
            RepositoryRoot = workspace.RepositoryRoot,
            BaseDirectory = workspace.BaseDirectory,
            FileCount = workspace.SelectedFiles.Length,
        };
    }

    /// <summary>Finds and parses the files.</summary>
    [Benchmark]
    public Workspace Parse() => Workspace.Load(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = root, Paths = ["."] });

    /// <summary>Builds what the clusters get, of parsed files.</summary>
    [Benchmark]
    public RepositoryModel Model() => RepositoryModelBuilder.Build(workspace, new FluxOptions());

    /// <summary>Runs the rules that are on by default over the built model.</summary>
    [Benchmark]
    public AnalysisResult Rules() => analyzer.Analyze(model);

    /// <summary>Writes the findings as SARIF.</summary>
    [Benchmark]
    public void Report() => ReportFormats.Create("sarif", new TextStyle(), isQuiet: true)!.Write(report, TextWriter.Null);
}
