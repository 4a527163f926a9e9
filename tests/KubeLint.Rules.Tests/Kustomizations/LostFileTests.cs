using System.Collections.Immutable;
using System.Text;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Kustomize;
using KubeLint.Testing;
using KubeLint.Yaml;

namespace KubeLint.Rules.Tests.Kustomizations;

/// <summary>Whatever file or directory a kustomization names: once it is gone, the token that names it is reported.</summary>
public sealed class LostFileTests
{
    private const string Root = TestRepository.Directory;

    private static readonly Dictionary<string, byte[]> Repository = Directory.EnumerateFiles(TestPaths.Fixture("repos", "home-cluster"), "*", SearchOption.AllDirectories)
        .ToDictionary(path => $"{Root}/{Path.GetRelativePath(TestPaths.Fixture("repos", "home-cluster"), path).Replace('\\', '/')}", File.ReadAllBytes, StringComparer.Ordinal);

    public static TheoryData<string, string> Names()
    {
        var rows = new TheoryData<string, string>();
        foreach (var (path, bytes) in Repository.Where(file => FileClassification.IsKustomizationName(file.Key)))
        {
            var root = YamlParser.Parse(new SourceText(path, Encoding.UTF8.GetString(bytes))).Documents[0].Root!.AsMapping()!;
            foreach (var named in NamedPath.Of(root))
            {
                rows.Add(path[(Root.Length + 1)..], named.Path);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_kustomization_names_is_missed(string kustomization, string named)
    {
        var lost = YamlFileCache.Normalize($"{Root}/{Path.GetDirectoryName(kustomization)}/{named}");
        var left = Repository.Where(file => file.Key != lost && !file.Key.StartsWith(lost + "/", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);

        Lint(left).ShouldContain(finding => finding.Location.Text.Path == kustomization && finding.Message.Contains("No such", StringComparison.Ordinal), named);
    }

    [Fact]
    public void Nothing_is_missed_before() => Lint(Repository).ShouldBeEmpty();

    private static ImmutableArray<Diagnostic> Lint(Dictionary<string, byte[]> files)
    {
        var workspace = Workspace.Load(new OverlayFileSource(files), new WorkspaceOptions { BaseDirectory = Root });
        var rules = RuleSet.Create(new RuleCatalog(BuiltInRules.All), LintConfiguration.Default, new RuleSelection(["KL4001", "KL4015", "KL4052", "KL4053"], []), Root);
        return new Analyzer(rules, new AnalyzerOptions { ThrowOnRuleFailure = true }).Analyze(RepositoryModelBuilder.Build(workspace)).Diagnostics;
    }
}
