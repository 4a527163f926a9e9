using System.Text.Json;

using KubeLint.Kustomize.Output;
using KubeLint.Testing;

namespace KubeLint.Kustomize.Tests;

/// <summary>Builds equal what kustomize 5.8.1 prints, byte for byte.</summary>
public class ConformanceTests
{
    public static TheoryData<string> Cases() => [.. Shared.Cases()];

    public static TheoryData<string, string> Builds() => Rows(Shared.Builds());

    public static TheoryData<string, string> Failures() => Rows(Shared.Failures());

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void A_case_of_its_own_suite_is_built_as_kustomize_builds_it(string name)
    {
        var expected = File.ReadAllText(TestPaths.Shared("conformance", "kustomize", name, "expected.yaml"));

        var result = Shared.BuildCase(name);

        Errors(result).ShouldBeEmpty();
        KustomizeYamlWriter.Write(result.Objects).ShouldBe(expected);
    }

    [SkippableTheory]
    [MemberData(nameof(Builds))]
    public void A_directory_of_a_real_repository_is_built_as_kustomize_builds_it(string corpus, string directory)
    {
        var expected = File.ReadAllText(TestPaths.Shared("conformance", "corpora", corpus, directory.Replace("/", "__", StringComparison.Ordinal) + ".yaml"));

        var result = Shared.Builder(corpus).Build(TestPaths.Shared("corpora", corpus, directory));

        Errors(result).ShouldBeEmpty();
        result.IsComplete.ShouldBeTrue();
        KustomizeYamlWriter.Write(result.Objects).ShouldBe(expected);
    }

    [SkippableTheory]
    [MemberData(nameof(Failures))]
    public void A_directory_that_kustomize_does_not_build_has_a_problem_with_a_position(string corpus, string directory)
    {
        using var index = JsonDocument.Parse(File.ReadAllText(TestPaths.Shared("conformance", "corpora", corpus, "index.json")));
        var isRemote = index.RootElement.GetProperty("fails").GetProperty(directory).GetString()!.Contains("exit status 128", StringComparison.Ordinal);

        var result = Shared.Builder(corpus).Build(TestPaths.Shared("corpora", corpus, directory));

        result.IsComplete.ShouldBeFalse();
        var problem = result.Problems.First(one => isRemote ? one.Kind == KustomizeProblemKind.RemoteBase : one.Severity == KustomizeSeverity.Error);
        problem.Where.Text.Content.ShouldNotBeEmpty();
        problem.Where.Span.Length.ShouldBePositive();
    }

    private static IEnumerable<string> Errors(KustomizeResult result) =>
        result.Problems.Where(problem => problem.Severity == KustomizeSeverity.Error).Select(problem => problem.ToString());

    private static TheoryData<string, string> Rows(IEnumerable<(string Corpus, string Directory)> rows)
    {
        var data = new TheoryData<string, string>();
        foreach (var (corpus, directory) in rows)
        {
            data.Add(corpus, directory);
        }

        return data;
    }
}
