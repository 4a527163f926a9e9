using System.Collections.Immutable;
using System.Text;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests;

/// <summary>What an editor is told is what a whole run finds: in one file, and after edits of which only the difference is worked out.</summary>
public sealed class IncrementalTests
{
    private static readonly Analyzer Analyzer = new(RuleSet.Create(new RuleCatalog(BuiltInRules.All), LintConfiguration.Default, RuleSelection.All, "/"), new AnalyzerOptions { ThrowOnRuleFailure = true });

    public static TheoryData<string> Corpora() => ["bjw-s", "kustomize-helm-example", "multi-tenancy", "onedr0p", "radix", "rcdailey", "stargate", "tyriis"];

    [Fact]
    public void In_each_file_of_the_fixtures_the_findings_are_those_of_a_whole_run()
    {
        foreach (var repository in Directory.EnumerateDirectories(TestPaths.Fixture("repos")))
        {
            CompareFiles(repository, every: 1);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Corpora))]
    public void In_files_of_real_repositories_too(string corpus) => CompareFiles(TestPaths.Shared("corpora", corpus), every: 23);

    [SkippableTheory]
    [MemberData(nameof(Corpora))]
    public void After_edits_of_real_repositories_the_findings_are_those_of_a_fresh_model(string corpus)
    {
        var root = TestPaths.Shared("corpora", corpus);
        var disk = new DiskFileSource();
        var asked = new WorkspaceOptions { BaseDirectory = root, Paths = [root] };
        var model = IncrementalModel.Load(disk, asked, new FluxOptions());
        var files = model.Model.Workspace.SelectedFiles.Select(file => file.Path).ToArray();
        var random = new Random(corpus.Length);
        var edited = ImmutableDictionary.Create<string, byte[]>(StringComparer.Ordinal);
        for (var edit = 1; edit <= 12; edit++)
        {
            var file = files[random.Next(files.Length)];
            edited = edited.SetItem(file, Encoding.UTF8.GetBytes(Edit(File.ReadAllText(file), random)));
            var source = new OverlayFileSource(edited, disk);
            model = model.Edit(source, ImmutableHashSet.Create(StringComparer.Ordinal, file));
            if (edit % 4 == 0)
            {
                Show(Analyzer.Analyze(model.Model).Diagnostics).ShouldBe(Show(Analyzer.Analyze(IncrementalModel.Load(source, asked, new FluxOptions()).Model).Diagnostics));
            }
        }
    }

    private static string Edit(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var line = random.Next(lines.Count);
        switch (random.Next(4))
        {
            case 0:
                lines.RemoveAt(line);
                break;
            case 1:
                lines.Insert(line, lines[random.Next(lines.Count)]);
                break;
            case 2:
                return text.Replace("name: ", "name: x", StringComparison.Ordinal);
            default:
                lines[line] += "x";
                break;
        }

        return string.Join('\n', lines);
    }

    private static void CompareFiles(string repository, int every)
    {
        var model = RepositoryModelBuilder.Build(Workspace.Load(new DiskFileSource(), new WorkspaceOptions { BaseDirectory = repository, Paths = [repository] }));
        var all = Analyzer.Analyze(model).Diagnostics.ToLookup(finding => finding.Location.Text.Path);
        var files = model.Workspace.SelectedFiles.Select(file => file.DisplayPath);

        // All that have findings, and some that have none.
        foreach (var file in files.Where((file, index) => all.Contains(file) ? all.Count < 40 || index % 5 == 0 : index % every == 0))
        {
            Show(Analyzer.AnalyzeFile(model, file).Diagnostics).ShouldBe(Show(all[file]), file);
        }
    }

    private static string[] Show(IEnumerable<Diagnostic> findings) =>
        [.. findings.Select(finding => $"{finding.Location.Text.Path}:{finding.Location.Start}-{finding.Location.End} {finding.Severity} {finding.Rule.Id} {finding.Message} {finding.Help} {finding.Object} {finding.Fixes.Length} {string.Join(", ", finding.Related.Select(related => related.Location))} {string.Join(", ", finding.OtherObjects)}")];
}
