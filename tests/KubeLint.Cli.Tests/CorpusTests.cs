using System.Text.Json;

using KubeLint.Testing;

namespace KubeLint.Cli.Tests;

// Real repositories, as they are.
public sealed class CorpusTests
{
    // Named here, so that a missing one is a skipped test with a name.
    public static TheoryData<string> Corpora { get; } =
        ["bjw-s", "kustomize-helm-example", "multi-tenancy", "onedr0p", "radix", "rcdailey", "stargate", "tyriis"];

    [SkippableTheory]
    [MemberData(nameof(Corpora))]
    public void The_official_validator_finds_nothing_in_the_sarif_of_a_corpus(string name)
    {
        var result = Run(name, "sarif");
        result.ExitCode.ShouldBeLessThan(2);
        SarifMultitool.Validate(result.Output).ShouldBeEmpty();
    }

    [SkippableFact]
    public void The_two_tokens_of_todays_case_are_found()
    {
        using var report = JsonDocument.Parse(Run("stargate", "json").Output);
        var places = report.RootElement.GetProperty("findings").EnumerateArray()
            .Where(finding => finding.GetProperty("place").GetProperty("path").GetString() == "kubernetes/apps/database/storage/s3/helmrelease.yaml")
            .Select(finding => $"{finding.GetProperty("rule").GetString()} {finding.GetProperty("place").GetProperty("startLine")}:{finding.GetProperty("place").GetProperty("startColumn")}");
        places.Where(place => place.StartsWith("KL1", StringComparison.Ordinal)).ShouldBe(["KL1001 51:20", "KL1002 52:27"]);
    }

    private static CliResult Run(string name, string format)
    {
        var folder = TestPaths.Shared("corpora", name);
        Skip.IfNot(Directory.Exists(folder), $"there is no corpus {name}");
        return new Cli(folder).Run(".", "--no-config", "--format", format);
    }
}
